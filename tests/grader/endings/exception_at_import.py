# import | line 2: ModuleNotFoundError
import troch
