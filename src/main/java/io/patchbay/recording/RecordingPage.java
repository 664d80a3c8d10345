package io.patchbay.recording;

import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
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
                .map(recording -> ResponseEntity.ok()
                        .contentType(MediaType.parseMediaType("audio/mpeg"))
                        .cacheControl(CacheControl.noStore())
                        .body((Resource) new FileSystemResource(files.of(recording))))
                .orElseGet(() -> ResponseEntity.notFound().build());
    }
}
