"""Stand-ins for Facebook Pages, Instagram, X and YouTube, spoken to over HTTP on loopback.

They send what each platform's specification says, not what our clients expect. Nothing here imports the product.
"""
