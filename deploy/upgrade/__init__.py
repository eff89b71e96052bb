"""Is this version taken into use beside the one before, and back, without anybody noticing?"""
