package io.patchbay.console;

import io.patchbay.access.Caller;
import io.patchbay.access.Needs;
import io.patchbay.access.Right;
import io.patchbay.connection.Connection;
import io.patchbay.connection.ConnectionId;
import io.patchbay.connection.Connections;
import io.patchbay.intake.IntakeProperties;
import io.patchbay.upkeep.HookRotation;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** What can be done about a connection's hook address. */
@Controller
class HookController {

    private final Connections connections;
    private final HookRotation rotation;

    HookController(Connections connections, HookRotation rotation) {
        this.connections = connections;
        this.rotation = rotation;
    }

    /** @param overlap minutes that the old address works on */
    @PostMapping("/connections/{id:\\d+}/hook-secret")
    @Needs(Right.CHANGE_CONNECTIONS)
    String rotate(
            @AuthenticationPrincipal Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "") String overlap) {
        var connection = find(caller, id);
        rotation.rotate(
                connection, overlap(overlap).orElseThrow(() -> new ResponseStatusException(HttpStatus.BAD_REQUEST)));
        return "redirect:/connections/" + connection.id() + "?hook";
    }

    @PostMapping("/connections/{id:\\d+}/hook-secret/end")
    @Needs(Right.CHANGE_CONNECTIONS)
    String endFormer(@AuthenticationPrincipal Caller caller, @PathVariable String id) {
        var connection = find(caller, id);
        rotation.endFormer(connection);
        return "redirect:/connections/" + connection.id();
    }

    private static Optional<Duration> overlap(String minutes) {
        return Optional.of(minutes)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofMinutes(Long.parseLong(text)))
                .filter(overlap -> overlap.compareTo(IntakeProperties.LONGEST_OVERLAP) <= 0);
    }

    private Connection find(Caller caller, String id) {
        return Optional.of(id)
                .filter(digits -> digits.length() < 19)
                .flatMap(digits -> connections.find(caller.company(), new ConnectionId(Long.parseLong(digits))))
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
