"""Pictures and videos: what comes in is looked at, what leaves is made anew and marked (2.B, 2.D, 2.G).

Bytes of strangers are opened in a child process alone (`child`), which knows no database, no settings and no secret.
`sniffing`, `looking`, `colours`, `stamping`, `painting` and `filming` run there and import nothing of Django.
"""
