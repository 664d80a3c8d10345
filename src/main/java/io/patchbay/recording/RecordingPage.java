package io.patchbay.recording;

import java.nio.file.Files;
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

    RecordingPage(SignedLinks links, Recordings recordings, RecordingFiles files) {
        this.links = links;
        this.recordings = recordings;
        this.files = files;
    }

    @GetMapping("/recordings/{link}")
    ResponseEntity<Resource> recording(@PathVariable String link) {
        var id = links.recording(link);
        if (id.isEmpty()) {
            return ResponseEntity.notFound().build();
        }
        return recordings
                .find(id.getAsLong())
                .filter(recording -> recording.state() == Recording.State.STORED)
                .filter(recording -> Files.isRegularFile(files.of(recording)))
                .map(this::sound)
                .orElseGet(() -> ResponseEntity.notFound().build());
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
