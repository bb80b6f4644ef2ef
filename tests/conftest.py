"""What holds for every test."""

import signal

# A shell that starts the tests in the background has them ignore Ctrl-C, and so would every
# program that they start; what ignores it cannot be tested to obey it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
