"""The process that serves: it listens, says where, keeps its promises while it runs, and ends as it must."""
