"""Workers: files are read in processes that may die, on this machine or on a Dask cluster.

``worker`` is the door: batches on an executor. ``guard`` watches over one process that reads,
``reader`` is that process, ``tasks`` what is handed out, ``where`` which executor.
"""
