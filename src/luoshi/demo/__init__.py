"""演示: a simulated year of a county, made through acts only, from a fixed seed.

Enters: the example document, ``county.yaml``, ``script.yaml``, a folder to build in. Leaves: that folder,
ready to be served. Everything in it is marked 演示数据; nothing else in the system depends on this room.
"""
