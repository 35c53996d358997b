"""The doors of the command line: read the arguments, call the use-case that the window calls, print the answer."""
