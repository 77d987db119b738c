"""The networks' protocols on 127.0.0.1, strict: what a network would refuse, they refuse."""
