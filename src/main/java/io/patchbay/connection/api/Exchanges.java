package io.patchbay.connection.api;

import io.patchbay.connection.Content;
import io.patchbay.connection.Secret;
import io.patchbay.connector.Auth;
import io.patchbay.connector.ConnectorException;
import io.patchbay.connector.Fault;
import io.patchbay.connector.Signature;
import io.patchbay.connector.Template;
import io.patchbay.connector.Verdict;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;

/** Writes a request for a target, logs in, sends it and reads what comes back. */
final class Exchanges {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Door door;
    private final Targets targets;
    private final Tokens tokens;
    private final Clock clock;

    Exchanges(Door door, Targets targets, Tokens tokens, Clock clock) {
        this.door = door;
        this.targets = targets;
        this.tokens = tokens;
        this.clock = clock;
    }

    Answer ask(Target target, ApiRequest request, Asking asking, Pacer pacer, RequestLog.Line line) {
        var first = attempt(target, request, asking);
        line.status(first.status());
        if (first.moved().isPresent()) {
            var former = target;
            target = target.movedTo(first.moved().get());
            first = attempt(target, request, asking);
            line.status(first.status());
            if (first.answer().isPresent()) { // a place that does not answer well is no new home
                targets.moved(former, target);
            }
        }
        if (first.judged().is() == Verdict.Meaning.RENEW && !first.token().isEmpty()) {
            tokens.renew(target, first.token());
            line.renewed();
            first = attempt(target, request, asking);
            line.status(first.status());
        }
        pause(first, request, pacer);
        operating(target, first, request, pacer);
        if (first.answer().isPresent()) {
            return first.answer().get();
        }
        throw fault(target, first);
    }

    private static void pause(Attempt attempt, ApiRequest request, Pacer pacer) {
        switch (attempt.judged().pauses()) {
            case CONNECTION -> pacer.pauseAll(attempt.judged().pause());
            case PATH -> pacer.pausePlace(request.place(), attempt.judged().pause());
            case NOTHING -> {}
        }
    }

    /** A method whose working time is used up rests until the target says that it is free again. */
    private void operating(Target target, Attempt attempt, ApiRequest request, Pacer pacer) {
        target.connector().access().operating().ifPresent(limit -> {
            var used = attempt.body().at(limit.used());
            var resetAt = attempt.body().at(limit.resetAt());
            if (used.isNumber() && used.doubleValue() >= limit.limit().toSeconds()) {
                var rest = resetAt.isNumber() ? Judge.until(resetAt, clock.instant()) : limit.window();
                pacer.pausePlace(request.place(), rest);
            }
        });
    }

    /**
     * One sending.
     *
     * @param moved  origin to which the target sent us on, when that means that the account moved
     * @param token  the access token that was used, empty for none
     * @param answer what is handed on; empty when it is a fault
     */
    private record Attempt(
            int status,
            JsonNode body,
            Judge.Judgement judged,
            Optional<String> moved,
            String token,
            Optional<Answer> answer) {}

    private Attempt attempt(Target target, ApiRequest request, Asking asking) {
        var written = write(target, request);
        var incoming = door.send(written.outgoing(), target.limits());
        var handedOver = false;
        try {
            var moved = moved(target, written.outgoing().uri(), incoming);
            var judge = new Judge(target.connector().answers());
            if (asking.stream() && isContent(incoming)) {
                handedOver = true;
                var content = new Content(incoming.header("content-type"), length(incoming), incoming.body());
                return new Attempt(
                        incoming.status(),
                        NullNode.getInstance(),
                        judge.of(incoming.status(), "", NullNode.getInstance(), clock.instant()),
                        Optional.empty(),
                        written.token(),
                        Optional.of(new Answer(incoming.status(), NullNode.getInstance(), Optional.of(content))));
            }
            var body = body(target, incoming, asking);
            var retryAfter =
                    incoming.header(target.connector().answers().retryHeader().toLowerCase(Locale.ROOT));
            var judged = judge.of(incoming.status(), retryAfter, body, clock.instant());
            var passes = moved.isEmpty()
                    && (judged.is() == Verdict.Meaning.DONE || asking.allow().contains(incoming.status()));
            return new Attempt(
                    incoming.status(),
                    body,
                    judged,
                    moved,
                    written.token(),
                    passes ? Optional.of(new Answer(incoming.status(), body, Optional.empty())) : Optional.empty());
        } finally {
            if (!handedOver) {
                close(incoming);
            }
        }
    }

    private static void close(Incoming incoming) {
        try {
            incoming.close();
        } catch (IOException e) {
            // the answer is read or given up; how its connection ends changes nothing
            return;
        }
    }

    private static boolean isContent(Incoming incoming) {
        var type = incoming.header("content-type").toLowerCase(Locale.ROOT);
        return incoming.status() >= 200
                && incoming.status() < 300
                && incoming.status() != 204
                && !type.contains("json")
                && !type.startsWith("text/html");
    }

    private static long length(Incoming incoming) {
        var length = incoming.header("content-length");
        return length.matches("\\d{1,18}") ? Long.parseLong(length) : -1;
    }

    private static Optional<String> moved(Target target, URI asked, Incoming incoming) {
        var location = incoming.header("location");
        if (!target.connector().access().followsRename()
                || incoming.status() < 300
                || incoming.status() >= 400
                || location.isEmpty()) {
            return Optional.empty();
        }
        var there = asked.resolve(location);
        // only the host may differ: anything else is not a rename but a page somewhere, which must not get our request
        var samePath = there.getRawPath() != null && there.getRawPath().equals(asked.getRawPath());
        var noWeaker = "https".equals(there.getScheme()) || asked.getScheme().equals(there.getScheme());
        return samePath && noWeaker && target.owns(asked) && !target.owns(there)
                ? Optional.of(Target.origin(there))
                : Optional.empty();
    }

    private static JsonNode body(Target target, Incoming incoming, Asking asking) {
        byte[] bytes;
        try {
            bytes = incoming.body().readAllBytes();
        } catch (IOException e) {
            throw Door.unreachable("The answer of " + target.name() + " could not be read: " + e.getMessage() + ".", e);
        }
        if (bytes.length == 0) {
            return NullNode.getInstance();
        }
        var text = new String(bytes, StandardCharsets.UTF_8);
        var type = incoming.header("content-type").toLowerCase(Locale.ROOT);
        try {
            if (!asking.text() || type.contains("json")) {
                return JSON.readTree(text);
            }
        } catch (JacksonException e) {
            if (incoming.status() >= 200 && incoming.status() < 300) {
                throw Door.unreachable(
                        target.name() + " answered with something that is no JSON"
                                + (type.startsWith("text/html") ? " (a web page)" : "")
                                + ". Check the address; a proxy or a log-in page may stand in between.",
                        e);
            }
        }
        return JsonNodeFactory.instance.stringNode(text);
    }

    private static ConnectorException fault(Target target, Attempt attempt) {
        var judged = attempt.judged();
        var fault = switch (judged.is()) {
            case BUSY -> Fault.BUSY;
            case REFUSED -> Fault.REFUSED;
            case UNREACHABLE -> Fault.UNREACHABLE;
            case NOT_SUPPORTED -> Fault.NOT_SUPPORTED;
            case SETUP, RENEW -> Fault.SETUP;
            case DONE -> Fault.OURS;
        };
        var secrets = target.values().revealed();
        var code = Mask.words(judged.code(), secrets);
        var words = Mask.words(judged.text(), secrets);
        return new ConnectorException(
                fault,
                code,
                target.name() + " answered " + attempt.status() + (code.isEmpty() ? "" : " " + code)
                        + (words.isEmpty() ? "." : ": " + words),
                judged.pause(),
                null);
    }

    /** @param token the access token that was put in, empty for none */
    private record Written(Outgoing outgoing, String token) {}

    private Written write(Target target, ApiRequest request) {
        var own = request.url().isEmpty();
        var address = own ? target.base() : Targets.address(request.url());
        var auth = own || target.owns(address) ? target.auth() : Optional.<Auth>empty();
        var headers = new LinkedHashMap<>(request.headers());
        headers.putIfAbsent("Accept", "application/json, */*;q=0.5");
        var query = new ArrayList<>(request.query());
        var between = "";
        var token = "";
        var sent = request;
        var values = target.values();
        switch (auth.orElse(null)) {
            case null -> {}
            case Auth.Header header -> headers.put(header.name(), header.value().fill(values::find));
            case Auth.Bearer bearer ->
                headers.put("Authorization", "Bearer " + bearer.token().fill(values::find));
            case Auth.Basic basic -> {
                var login =
                        basic.user().fill(values::find) + ":" + basic.password().fill(values::find);
                var encoded = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
                headers.put("Authorization", "Basic " + values.revealed(new Secret(encoded)));
            }
            case Auth.Query parameter ->
                query.add(Map.entry(parameter.name(), parameter.value().fill(values::find)));
            case Auth.Path path -> between = path.path().fill(values::find);
            case Auth.Form form -> sent = FormLogin.added(request, form, values);
            case Auth.OAuth2 oauth -> {
                token = values.revealed(tokens.current(target, oauth));
                sent = withToken(oauth.send(), token, request, headers, query);
            }
            case Auth.Login login -> {
                token = values.revealed(tokens.current(target, login));
                sent = withToken(login.send(), token, request, headers, query);
            }
            case Auth.Signed signed -> sign(signed.signature(), request, headers, values);
        }
        var text = own ? address + between + request.path() : request.url();
        if (!query.isEmpty()) {
            text += (text.contains("?") ? "&" : "?") + ApiRequest.encoded(query);
        }
        var body = sent.body();
        return new Written(
                new Outgoing(
                        sent.method(),
                        Targets.address(text, values.revealed()),
                        headers,
                        body.map(ApiRequest.Body::bytes).orElse(new byte[0]),
                        body.map(ApiRequest.Body::contentType).orElse("")),
                token);
    }

    private void sign(Signature signature, ApiRequest request, Map<String, String> headers, Values values) {
        signature
                .timestamp()
                .ifPresent(
                        name -> headers.put(name, Long.toString(clock.instant().getEpochSecond())));
        var body = request.body().map(ApiRequest.Body::bytes).orElse(new byte[0]);
        var secret = new Template("{" + signature.secret() + "}").fill(values::find);
        headers.put(signature.header(), signature.of(secret, name -> signed(headers, name), body));
    }

    private static String signed(Map<String, String> headers, String name) {
        var value = headers.get(name);
        if (value == null) {
            throw new ConnectorException(
                    Fault.OURS, "The signature covers the header " + name + ", and the request mapping gives none.");
        }
        return value;
    }

    private static ApiRequest withToken(
            Auth.Send send,
            String token,
            ApiRequest request,
            Map<String, String> headers,
            List<Map.Entry<String, String>> query) {
        switch (send.place()) {
            case BEARER -> headers.put("Authorization", "Bearer " + token);
            case HEADER -> headers.put(send.name(), token);
            case QUERY -> query.add(Map.entry(send.name(), token));
            case BODY -> {
                return request.withBodyMember(send.name(), token);
            }
            case FIRST_OF -> {
                return request.withFirstElement(send.name(), token);
            }
        }
        return request;
    }
}
