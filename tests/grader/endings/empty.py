# error | corr2d.py does not define corr2d_multi_in
