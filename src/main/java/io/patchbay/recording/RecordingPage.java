package io.patchbay.recording;

import jakarta.servlet.http.HttpServletRequest;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Serves a recording to whoever holds its signed link, in ranges where a player asks for them. */
@RestController
class RecordingPage {

    private final SignedLinks links;
    private final Recordings recordings;
    private final RecordingFiles files;
    private final Listening listening;

    RecordingPage(SignedLinks links, Recordings recordings, RecordingFiles files, Listening listening) {
        this.links = links;
        this.recordings = recordings;
        this.files = files;
        this.listening = listening;
    }

    @GetMapping("/recordings/{link}")
    ResponseEntity<Resource> recording(@PathVariable String link, HttpServletRequest request) {
        var opened = links.open(link);
        var stored = opened.flatMap(known -> recordings.find(known.recording()))
                .filter(recording -> recording.state() == Recording.State.STORED)
                .filter(recording -> Files.isRegularFile(files.of(recording)));
        if (opened.isEmpty() || stored.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        if (!request.getMethod().equals("HEAD")) {
            listening.to(
                    stored.get(),
                    opened.get().holder().from(request.getRemoteAddr()),
                    isFromStart(request.getHeader(HttpHeaders.RANGE)));
        }
        return sound(stored.get());
    }

    private static boolean isFromStart(@Nullable String range) {
        return range == null || range.replace(" ", "").startsWith("bytes=0-");
    }

    /** Of the kind of sound it is and nothing else, whatever the PBX called it: a browser must not take it for a page. */
    private ResponseEntity<Resource> sound(Recording recording) {
        var type = SoundType.of(recording.contentType());
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(type.contentType()))
                .header("X-Content-Type-Options", "nosniff")
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.inline()
                                .filename(recording.id() + "." + type.ending())
                                .build()
                                .toString())
                .cacheControl(CacheControl.noStore().cachePrivate())
                .body(new FileSystemResource(files.of(recording)));
    }
}
