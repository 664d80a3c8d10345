package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code /subscription}: there is no extending; each PUT makes one more, and all live ones deliver until their end
 * [code] contracts/pbx/beeline.md section 3.1. Not thread-safe: the server's lock guards it.
 */
final class BeelineSubscriptions {

    private static final Set<String> MEMBERS = Set.of("pattern", "expires", "subscriptionType", "url");
    private static final String GROUP_ID = "MPBX_g_10001@ip.beeline.ru";

    private final BeelineCompany company;
    private final BeelineIds ids;
    private final Clock clock;
    private final List<BeelineSubscription> live = new ArrayList<>();
    private Duration longest = Duration.ofDays(7);

    BeelineSubscriptions(BeelineCompany company, BeelineIds ids, Clock clock) {
        this.company = company;
        this.ids = ids;
        this.clock = clock;
    }

    void grantAtMost(Duration granted) {
        longest = granted;
    }

    List<BeelineSubscription> live() {
        return List.copyOf(live);
    }

    /** Those whose time is over; they are forgotten. */
    List<BeelineSubscription> expire() {
        var now = clock.instant();
        var over = live.stream().filter(s -> !now.isBefore(s.expiresAt())).toList();
        live.removeAll(over);
        return over;
    }

    List<BeelineSubscription> drop(String id) {
        var dropped = live.stream().filter(s -> s.id().equals(id)).toList();
        live.removeAll(dropped);
        return dropped;
    }

    Reply answer(Request request, List<String> path) {
        if (path.size() > 1) {
            throw BeelineRefusal.notFound("Нет такого ресурса");
        }
        return switch (request.method()) {
            case "PUT" -> create(request);
            case "GET" -> show(named(request));
            case "DELETE" -> {
                live.remove(named(request));
                yield Reply.empty(200);
            }
            default -> throw new BeelineRefusal(405, "MethodNotAllowed", "");
        };
    }

    void forget() {
        live.clear();
    }

    private Reply create(Request request) {
        BeelineQuery.of(request);
        var wanted = body(request);
        var seconds = wanted.path("expires");
        if (!seconds.isIntegralNumber() || seconds.asLong() <= 0) {
            throw BeelineRefusal.badRequest("Неверное значение expires");
        }
        var type = wanted.path("subscriptionType").asString("");
        if (!type.equals("BASIC_CALL") && !type.equals("ADVANCED_CALL")) {
            throw BeelineRefusal.badRequest("Неверное значение subscriptionType");
        }
        var granted = Duration.ofSeconds(Math.min(seconds.asLong(), longest.toSeconds()));
        var made = subscription(
                wanted,
                type.equals("ADVANCED_CALL"),
                callback(wanted.path("url").asString("")),
                granted);
        live.add(made);
        return Reply.json(
                200,
                JsonMapper.shared()
                        .createObjectNode()
                        .put("subscriptionId", made.id())
                        .put("expires", granted.toSeconds())
                        .toString());
    }

    private BeelineSubscription subscription(JsonNode wanted, boolean advanced, URI callback, Duration granted) {
        var until = clock.instant().plus(granted);
        var pattern = wanted.path("pattern");
        if (pattern.isMissingNode()) {
            return new BeelineSubscription(
                    ids.uuid(), BeelineSubscription.Target.GROUP, GROUP_ID, advanced, callback, until);
        }
        var text = pattern.asString("");
        var number = company.number(text);
        if (number.isPresent()) {
            return new BeelineSubscription(
                    ids.uuid(),
                    BeelineSubscription.Target.NUMBER,
                    number.get() + BeelineCompany.DOMAIN,
                    advanced,
                    callback,
                    until);
        }
        var employee =
                company.employee(text).orElseThrow(() -> BeelineRefusal.badRequest("Абонент " + text + " не найден"));
        return new BeelineSubscription(
                ids.uuid(), BeelineSubscription.Target.ABONENT, employee.userId(), advanced, callback, until);
    }

    private static JsonNode body(Request request) {
        if (!request.isJson()) {
            throw new BeelineRefusal(415, "UnsupportedMediaType", "");
        }
        JsonNode body;
        try {
            body = request.json();
        } catch (JacksonException e) {
            throw BeelineRefusal.badRequest("Тело запроса не JSON");
        }
        var unknown = body.propertyNames().stream()
                .filter(name -> !MEMBERS.contains(name))
                .collect(Collectors.joining(", "));
        if (!body.isObject() || !unknown.isEmpty()) {
            throw BeelineRefusal.badRequest("Неизвестные поля: " + unknown);
        }
        return body;
    }

    private static URI callback(String url) {
        if (!url.matches("https?://[^\\s]+")) {
            throw BeelineRefusal.badRequest("Неверный url");
        }
        return URI.create(url);
    }

    private BeelineSubscription named(Request request) {
        var id = BeelineQuery.of(request, "subscriptionId").required("subscriptionId");
        return live.stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow(() -> BeelineRefusal.notFound("Подписка не найдена"));
    }

    /** {@code expires} is taken as the time that is left; which it is the vendor does not say. */
    private Reply show(BeelineSubscription one) {
        Instant now = clock.instant();
        return Reply.json(
                200,
                JsonMapper.shared()
                        .createObjectNode()
                        .put("subscriptionId", one.id())
                        .put("targetType", one.target().name())
                        .put("targetId", one.targetId())
                        .put("subscriptionType", one.type())
                        .put("expires", Duration.between(now, one.expiresAt()).toSeconds())
                        .put("url", one.callback().toString())
                        .toString());
    }
}
