package io.patchbay.recording;

import java.util.Locale;

/** Kinds of sound that PBXs give, by their content types. */
enum SoundType {
    MP3("audio/mpeg", "mp3"),
    WAV("audio/wav", "wav"),
    OGG("audio/ogg", "ogg"),
    MP4("audio/mp4", "m4a"),
    WEBM("audio/webm", "webm");

    private final String contentType;
    private final String ending;

    SoundType(String contentType, String ending) {
        this.contentType = contentType;
        this.ending = ending;
    }

    /** What a content type means; a PBX that does not say it gives MP3, as all of them do by default. */
    static SoundType of(String contentType) {
        return switch (bare(contentType)) {
            case "audio/wav", "audio/x-wav", "audio/wave", "audio/vnd.wave" -> WAV;
            case "audio/ogg", "application/ogg", "audio/opus" -> OGG;
            case "audio/mp4", "audio/m4a", "audio/x-m4a", "audio/aac" -> MP4;
            case "audio/webm" -> WEBM;
            default -> MP3;
        };
    }

    /** A page or an error in words is none, though it came with a 200. */
    static boolean isSound(String contentType) {
        var type = bare(contentType);
        return type.isEmpty()
                || type.startsWith("audio/")
                || type.equals("application/ogg")
                || type.equals("application/octet-stream")
                || type.equals("binary/octet-stream");
    }

    String contentType() {
        return contentType;
    }

    String ending() {
        return ending;
    }

    private static String bare(String contentType) {
        var end = contentType.indexOf(';');
        return (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
