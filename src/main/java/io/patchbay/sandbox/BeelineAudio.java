package io.patchbay.sandbox;

import java.time.Duration;

/** Silence as MP3: every frame is valid, so players and type checks take it. */
final class BeelineAudio {

    private static final byte[] HEADER = {(byte) 0xFF, (byte) 0xFB, 0x10, (byte) 0xC4
    }; // MPEG 1 layer III, 32 kbit/s, 44.1 kHz, mono
    private static final int FRAME = 104; // bytes: 144 * 32000 / 44100
    private static final double FRAME_MILLIS = 1152 * 1000.0 / 44100;

    private BeelineAudio() {}

    static byte[] silence(Duration length) {
        var frames = Math.max(1, (int) (length.toMillis() / FRAME_MILLIS));
        var mp3 = new byte[frames * FRAME];
        for (var i = 0; i < frames; i++) {
            System.arraycopy(HEADER, 0, mp3, i * FRAME, HEADER.length);
        }
        return mp3;
    }
}
