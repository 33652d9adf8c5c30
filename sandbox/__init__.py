"""Stand-ins for Facebook Pages, Instagram, X and YouTube, spoken to over HTTP on loopback.

They send what each platform's specification says, not what our clients expect. Nothing here imports the product.

One origin; a platform's host is a path prefix: `/graph.facebook.com/v26.0`, `/api.x.com`,
`/youtube.googleapis.com/youtube/v3`, `/oauth2.googleapis.com/token`. Pictures lie under `/media/`. What a demonstration
or a test puts in, orders and asks for is under `/_sandbox/` (control.py). The calls that faults, recorded bodies and
counts name are the keys of each platform's HANDLERS or CALLS, and those of its sign-in, such as authorize and token.
"""
