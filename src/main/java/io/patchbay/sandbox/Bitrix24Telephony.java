package io.patchbay.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code telephony.*} and the statistics of calls, by contracts/crm/bitrix24.md §3.1-3.7, §3.13 and §6. */
final class Bitrix24Telephony {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Duration MERGING = Duration.ofMinutes(30);
    private static final Set<String> STATUSES =
            Set.of("200", "304", "603", "603-S", "403", "404", "486", "484", "503", "480", "402", "423", "OTHER");
    private final Clock clock;
    private final ZoneId zone;
    private final Bitrix24Users users;
    private final Bitrix24Crm crm;
    private final Bitrix24Recordings recordings;
    private final BiConsumer<String, ObjectNode> events;
    private final Consumer<String> problems;
    private final Map<String, Bitrix24Call> calls = new LinkedHashMap<>();
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final List<Bitrix24Portal.Activity> activities = new ArrayList<>();
    private long lastId = 7000;
    private long lastCall;

    Bitrix24Telephony(
            Clock clock,
            ZoneId zone,
            Bitrix24Users users,
            Bitrix24Crm crm,
            Bitrix24Recordings recordings,
            BiConsumer<String, ObjectNode> events,
            Consumer<String> problems) {
        this.clock = clock;
        this.zone = zone;
        this.users = users;
        this.crm = crm;
        this.recordings = recordings;
        this.events = events;
        this.problems = problems;
    }

    record Line(long id, String number, String name, boolean creates) {}

    List<Bitrix24Portal.Call> calls() {
        return calls.values().stream().map(Bitrix24Call::view).toList();
    }

    Optional<Bitrix24Portal.Call> call(String callId) {
        return Optional.ofNullable(calls.get(callId)).map(Bitrix24Call::view);
    }

    List<Bitrix24Portal.Activity> activities() {
        return List.copyOf(activities);
    }

    List<String> lines() {
        return List.copyOf(lines.keySet());
    }

    // ---- register

    ObjectNode register(Bitrix24Parameters given) {
        onlyKnown(
                "telephony.externalCall.register",
                given,
                "USER_ID USER_PHONE_INNER PHONE_NUMBER TYPE CALL_START_DATE CRM_CREATE CRM_SOURCE CRM_ENTITY_TYPE"
                        + " CRM_ENTITY_ID SHOW ADD_TO_CHAT CALL_LIST_ID LINE_NUMBER EXTERNAL_CALL_ID");
        var user = users.required(given);
        var type = given.number("TYPE")
                .filter(number -> number >= 1 && number <= 5)
                .orElseThrow(() -> Bitrix24Refusal.core("Unknown TYPE"))
                .intValue();
        var startedAt = given.has("CALL_START_DATE")
                ? given.text("CALL_START_DATE")
                        .flatMap(Bitrix24Parameters::time)
                        .map(OffsetDateTime::toInstant)
                        .orElseThrow(() -> Bitrix24Refusal.core("CALL_START_DATE should be in the ISO-8601 format"))
                : clock.instant();
        var phone = given.text("PHONE_NUMBER")
                .filter(Bitrix24Telephony::isPhone)
                .orElseThrow(() -> Bitrix24Refusal.core("Unsupported phone number format"));
        var external = given.text("EXTERNAL_CALL_ID").orElse("");
        var line = given.text("LINE_NUMBER").orElse("");
        var call = openTwin(phone, type, user.id(), line, external).orElseGet(() -> {
            var fresh =
                    new Bitrix24Call(newId(phone), external, phone, type, user.id(), line, startedAt, clock.instant());
            bindToCard(fresh, given);
            calls.put(fresh.callId, fresh);
            events.accept("ONVOXIMPLANTCALLINIT", aboutCall(fresh));
            return fresh;
        });
        if (given.flag("SHOW", true)) {
            call.show(List.of(user.id()));
        }
        return registered(call);
    }

    // what the portal takes for a number; the exact rule is not documented [inferred] §4
    private static boolean isPhone(String text) {
        return text.matches("\\+?[\\d() #;-]{3,30}")
                && text.chars().filter(Character::isDigit).count() >= 3;
    }

    /** The same application, number, kind, user, line and outside id within half an hour: the same call, while it is open. */
    private Optional<Bitrix24Call> openTwin(String phone, int type, long userId, String line, String external) {
        return calls.values().stream()
                .filter(Bitrix24Call::open)
                .filter(call -> Bitrix24Crm.digits(call.phone).equals(Bitrix24Crm.digits(phone)))
                .filter(call -> call.type == type && call.registeredFor == userId)
                .filter(call -> call.line.equals(line) && call.externalCallId.equals(external))
                .filter(call -> call.registeredAt.plus(MERGING).isAfter(clock.instant()))
                .reduce((earlier, later) -> later);
    }

    private void bindToCard(Bitrix24Call call, Bitrix24Parameters given) {
        var named = given.text("CRM_ENTITY_TYPE")
                .filter(word -> !word.equals("DEAL"))
                .flatMap(Bitrix24Item.Type::named)
                .flatMap(type -> given.number("CRM_ENTITY_ID").flatMap(id -> crm.find(type, id)));
        call.card =
                named.or(() -> crm.withNumber(call.phone).stream().findFirst()).orElse(null);
        var line = lines.get(call.line);
        var byLine = call.type == 1 && line != null && line.creates();
        if (call.card == null && (given.flag("CRM_CREATE", false) || byLine)) {
            if (users.haveNumber(Bitrix24Crm.digits(call.phone))) {
                call.leadCreationError = "Lead creation is disabled for local users";
            } else {
                call.created = crm.createFor(call.phone, call.registeredFor);
                call.card = call.created.getFirst();
            }
        }
    }

    private static ObjectNode registered(Bitrix24Call call) {
        var result = JSON.objectNode().put("CALL_ID", call.callId);
        call.created.stream()
                .filter(item -> item.type() == Bitrix24Item.Type.LEAD)
                .findFirst()
                .ifPresentOrElse(
                        lead -> result.put("CRM_CREATED_LEAD", lead.id()), () -> result.putNull("CRM_CREATED_LEAD"));
        var created = result.putArray("CRM_CREATED_ENTITIES");
        call.created.forEach(item ->
                created.addObject().put("ENTITY_TYPE", item.type().name()).put("ENTITY_ID", item.id()));
        putCard(result, call);
        if (call.leadCreationError != null) {
            result.put("LEAD_CREATION_ERROR", call.leadCreationError);
        }
        return result;
    }

    private static void putCard(ObjectNode result, Bitrix24Call call) {
        var card = call.card;
        if (card == null) {
            result.putNull("CRM_ENTITY_TYPE").putNull("CRM_ENTITY_ID");
        } else {
            result.put("CRM_ENTITY_TYPE", card.type().name()).put("CRM_ENTITY_ID", card.id());
        }
    }

    private static ObjectNode aboutCall(Bitrix24Call call) {
        return JSON.objectNode()
                .put("CALL_ID", call.callId)
                .put("CALL_TYPE", String.valueOf(call.type))
                .put("CALLER_ID", call.phone);
    }

    private String newId(String phone) {
        lastCall++;
        var hash =
                String.format(Locale.ROOT, "%016x%016x", lastCall * 0x9E3779B97F4A7C15L, (long) phone.hashCode() << 7);
        return "externalCall." + hash + "." + clock.instant().getEpochSecond();
    }

    /** The button on a card: the portal opens the call by itself and nobody registers it. */
    Bitrix24Call ordered(long userId, String phone, String line) {
        var call = new Bitrix24Call(newId(phone), "", phone, 1, userId, line, clock.instant(), clock.instant());
        call.card = crm.withNumber(phone).stream().findFirst().orElse(null);
        call.show(List.of(userId));
        calls.put(call.callId, call);
        return call;
    }

    // ---- show, hide

    boolean show(Bitrix24Parameters given) {
        onlyKnown("telephony.externalCall.show", given, "CALL_ID USER_ID");
        var call = openCall(given);
        call.ifPresent(one -> one.show(userIds(given, one)));
        return call.isPresent();
    }

    boolean hide(Bitrix24Parameters given) {
        onlyKnown("telephony.externalCall.hide", given, "CALL_ID USER_ID");
        var call = openCall(given);
        call.ifPresent(one -> one.shownTo.removeAll(userIds(given, one)));
        return call.isPresent();
    }

    private Optional<Bitrix24Call> openCall(Bitrix24Parameters given) {
        return given.text("CALL_ID").map(calls::get).filter(Bitrix24Call::open);
    }

    private List<Long> userIds(Bitrix24Parameters given, Bitrix24Call call) {
        if (!given.has("USER_ID")) {
            problem("show or hide without USER_ID meets the user the call was registered for, which is seldom meant");
            return List.of(call.registeredFor);
        }
        return given.numbers("USER_ID");
    }

    // ---- finish

    ObjectNode finish(Bitrix24Parameters given) {
        onlyKnown(
                "telephony.externalCall.finish",
                given,
                "CALL_ID USER_ID USER_PHONE_INNER DURATION STATUS_CODE FAILED_REASON COST COST_CURRENCY VOTE"
                        + " ADD_TO_CHAT RECORD_URL");
        if (!given.node("CALL_ID").isString()) {
            throw new Bitrix24Refusal(400, "INVALID_ARGUMENT", "CALL_ID must be a string");
        }
        var user = users.required(given);
        var call = openCall(given)
                .orElseThrow(
                        () -> Bitrix24Refusal.core("Call is not found (call should be registered prior to finishing)"));
        var seconds = given.number("DURATION").orElse(0L);
        var status = given.text("STATUS_CODE").orElse(seconds > 0 ? "200" : "304");
        if (!STATUSES.contains(status)) {
            problem("telephony.externalCall.finish: there is no STATUS_CODE " + status);
        }
        var activity = activityFor(call, user.id(), status);
        call.finish = new Bitrix24Call.Finish(
                ++lastId,
                activity,
                user.id(),
                seconds,
                status,
                given.text("FAILED_REASON").orElse(""));
        call.shownTo.clear();
        events.accept("ONVOXIMPLANTCALLEND", aboutCall(call));
        return finished(call, call.finish);
    }

    private long activityFor(Bitrix24Call call, long userId, String status) {
        var card = call.card;
        if (card == null) {
            return 0;
        }
        activities.add(new Bitrix24Portal.Activity(
                ++lastId, new Bitrix24Portal.Card(card.type().word(), card.id()), call.callId, userId, status));
        return lastId;
    }

    private static ObjectNode finished(Bitrix24Call call, Bitrix24Call.Finish end) {
        var result = JSON.objectNode()
                .put("ID", end.row())
                .put("CALL_ID", call.callId)
                .put("EXTERNAL_CALL_ID", call.externalCallId.isEmpty() ? null : call.externalCallId)
                .put("PORTAL_USER_ID", end.userId())
                .put("PHONE_NUMBER", Bitrix24Crm.digits(call.phone))
                .put("PORTAL_NUMBER", call.line)
                .put("INCOMING", String.valueOf(call.type))
                .put("CALL_DURATION", end.seconds())
                .put("CALL_STATUS", end.status().equals("200") ? 1 : 0)
                .put("CALL_FAILED_CODE", end.status())
                .put("CALL_FAILED_REASON", end.reason());
        result.set("CALL_START_DATE", JSON.objectNode());
        if (end.activity() == 0) {
            result.putNull("CRM_ACTIVITY_ID");
        } else {
            result.put("CRM_ACTIVITY_ID", end.activity());
        }
        putCard(result, call);
        return result;
    }

    // ---- recordings

    ObjectNode attachRecord(Bitrix24Parameters given) {
        onlyKnown("telephony.externalCall.attachRecord", given, "CALL_ID FILENAME FILE_CONTENT RECORD_URL");
        var url = given.text("RECORD_URL");
        var name = given.text("FILENAME").or(() -> url.map(Bitrix24Recordings::lastSegment));
        if (name.isEmpty() || (url.isEmpty() && !given.has("FILENAME"))) {
            throw Bitrix24Refusal.core(
                    "Required parameters are not set. Request should contain either URL or FILENAME parameter");
        }
        var call = given.text("CALL_ID")
                .map(calls::get)
                .filter(one -> !one.open())
                .orElseThrow(() -> Bitrix24Refusal.core(
                        "Call is not found in the statistic table. It looks like it is not finished yet."));
        var fileName = name.get().toLowerCase(Locale.ROOT);
        if (!fileName.endsWith(".mp3") && !fileName.endsWith(".wav")) {
            throw Bitrix24Refusal.core("Wrong file extension. Only wav and mp3 are allowed");
        }
        var content = url.map(recordings::download).orElseGet(() -> decoded(given.node("FILE_CONTENT")));
        call.recording = new Bitrix24Call.Recording(++lastId, name.get(), content);
        return JSON.objectNode().put("FILE_ID", lastId);
    }

    private static byte[] decoded(JsonNode content) {
        var text = content.asString("");
        if (text.isEmpty()) {
            throw Bitrix24Refusal.core("File content is empty.");
        }
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw Bitrix24Refusal.core("File content is not properly encoded. Base64 encoding is expected.");
        }
    }

    // ---- lines

    ObjectNode addLine(Bitrix24Parameters given) {
        onlyKnown("telephony.externalLine.add", given, "NUMBER NAME CRM_AUTO_CREATE");
        var number = lineNumber(given);
        if (lines.containsKey(number)) {
            throw Bitrix24Refusal.core("Line already exists");
        }
        var line =
                new Line(lines.size() + 1L, number, given.text("NAME").orElse(""), given.flag("CRM_AUTO_CREATE", true));
        lines.put(number, line);
        return JSON.objectNode().put("ID", line.id());
    }

    ArrayNode getLines() {
        var rows = JSON.arrayNode();
        lines.values()
                .forEach(line -> rows.addObject()
                        .put("NUMBER", line.number())
                        .put("NAME", line.name())
                        .put("CRM_AUTO_CREATE", line.creates() ? "Y" : "N"));
        return rows;
    }

    ObjectNode updateLine(Bitrix24Parameters given) {
        onlyKnown("telephony.externalLine.update", given, "NUMBER NAME CRM_AUTO_CREATE");
        var old = existingLine(given);
        lines.put(
                old.number(),
                new Line(
                        old.id(),
                        old.number(),
                        given.text("NAME").orElse(old.name()),
                        given.flag("CRM_AUTO_CREATE", old.creates())));
        return JSON.objectNode().put("ID", old.id());
    }

    ArrayNode deleteLine(Bitrix24Parameters given) {
        onlyKnown("telephony.externalLine.delete", given, "NUMBER");
        lines.remove(existingLine(given).number());
        return JSON.arrayNode();
    }

    private static String lineNumber(Bitrix24Parameters given) {
        return given.text("NUMBER").orElseThrow(() -> Bitrix24Refusal.core("NUMBER should not be empty"));
    }

    private Line existingLine(Bitrix24Parameters given) {
        var number = lineNumber(given);
        var line = lines.get(number);
        if (line == null) {
            throw Bitrix24Refusal.core("Could not find line with number " + number);
        }
        return line;
    }

    // ---- statistics

    /** Finished calls only; every value is a string. */
    List<ObjectNode> statistics(Bitrix24Parameters given) {
        var filter = given.object("FILTER");
        return calls.values().stream()
                .filter(call -> !call.open())
                .map(this::row)
                .filter(row -> matches(row, filter.all()))
                .toList();
    }

    private ObjectNode row(Bitrix24Call call) {
        var row = JSON.objectNode()
                .put("CALL_ID", call.callId)
                .put("EXTERNAL_CALL_ID", call.externalCallId.isEmpty() ? null : call.externalCallId)
                .put("CALL_CATEGORY", "external")
                .put("PHONE_NUMBER", Bitrix24Crm.digits(call.phone))
                .put("PORTAL_NUMBER", call.line)
                .put("CALL_TYPE", String.valueOf(call.type))
                .put(
                        "CALL_START_DATE",
                        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                                call.startedAt.atZone(zone).truncatedTo(ChronoUnit.SECONDS)));
        var end = call.finish;
        if (end != null) {
            row.put("ID", String.valueOf(end.row()))
                    .put("PORTAL_USER_ID", String.valueOf(end.userId()))
                    .put("CALL_DURATION", String.valueOf(end.seconds()))
                    .put("CALL_FAILED_CODE", end.status())
                    .put("CRM_ACTIVITY_ID", end.activity() == 0 ? null : String.valueOf(end.activity()));
        }
        var card = call.card;
        row.put("CRM_ENTITY_TYPE", card == null ? null : card.type().name())
                .put("CRM_ENTITY_ID", card == null ? null : String.valueOf(card.id()));
        var sound = call.recording;
        if (sound == null) {
            row.putNull("RECORD_FILE_ID");
        } else {
            row.put("RECORD_FILE_ID", sound.fileId()); // a number among strings, as the docs print it
        }
        return row;
    }

    private static boolean matches(ObjectNode row, ObjectNode filter) {
        return filter.properties().stream().allMatch(condition -> {
            var key = condition.getKey();
            var name = key.replaceFirst("^[><=]+", "");
            var value = row.path(name).asString("");
            var wanted = Bitrix24Parameters.elements(condition.getValue()).stream()
                    .map(one -> one.asString(""))
                    .toList();
            return switch (key.substring(0, key.length() - name.length())) {
                case ">=" -> wanted.stream().allMatch(one -> compare(value, one) >= 0);
                case "<=" -> wanted.stream().allMatch(one -> compare(value, one) <= 0);
                default -> wanted.contains(value);
            };
        });
    }

    private static int compare(String value, String other) {
        var one = Bitrix24Parameters.time(value);
        var two = Bitrix24Parameters.time(other);
        return one.isPresent() && two.isPresent() ? one.get().compareTo(two.get()) : value.compareTo(other);
    }

    // ---- strictness

    private void onlyKnown(String method, Bitrix24Parameters given, String names) {
        var known = Set.of(names.split(" "));
        given.all().propertyNames().forEach(name -> {
            if (!known.contains(name)) {
                problem(method + ": unknown field " + name);
            }
        });
    }

    private void problem(String text) {
        problems.accept(text);
    }
}
