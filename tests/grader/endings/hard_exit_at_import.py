# import | ended its process (exit status 0) while it was imported
import os

os._exit(0)
