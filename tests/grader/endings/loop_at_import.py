# import | was still running after 1 s while it was imported, in line 2.
while True: pass
