# import | was still running after 1 s while it was imported
while True:
    pass
