"""The sound of a video, taken over as it is, or as what every platform plays."""

from __future__ import annotations

from typing import Any

import av


class Hearing:
    """Takes the sound over: as it is where it is AAC, else as AAC."""

    def __init__(self, made: av.container.OutputContainer, sound: av.AudioStream) -> None:
        self.made = made
        self.copied = sound.codec_context.name == "aac"
        if self.copied:
            self.track: Any = made.add_stream_from_template(sound)
            self.track.metadata.clear()
            return
        rate = sound.codec_context.sample_rate or 48000
        self.track = made.add_stream("aac", rate=rate if rate in {44100, 48000, 32000} else 48000)
        layout = "mono" if sound.codec_context.channels == 1 else "stereo"
        self.track.codec_context.layout = layout
        self.evened = av.AudioResampler(format="fltp", layout=layout, rate=self.track.codec_context.sample_rate)
        self.held = av.AudioFifo()

    def take(self, packet: Any) -> None:
        """A packet as it came."""
        if self.copied:
            if packet.dts is not None:
                packet.stream = self.track
                self.made.mux(packet)
            return
        for frame in packet.decode():
            for even in self.evened.resample(frame):
                self._hold(even)

    def _hold(self, frame: av.AudioFrame) -> None:
        self.made.mux(self.track.encode(frame))

    def close(self) -> None:
        """Write what is still held back."""
        if not self.copied:
            for even in self.evened.resample(None):
                self._hold(even)
            self.made.mux(self.track.encode(None))
