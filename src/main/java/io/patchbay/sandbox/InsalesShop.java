package io.patchbay.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * An InSales shop as contracts/shop/insales.md describes it: orders, clients and webhooks of its back office.
 *
 * <p>Strict where the contract is: Basic login, a root element in what is written and none in what is read, unknown members refused, 500 requests in five
 * minutes, the walk by {@code updated_since} and {@code from_id}. Whether there is a search by number is for the test to say.
 */
public final class InsalesShop extends SimulatedServer {

    public static final String KEY = "key-1";
    public static final String PASSWORD = "pass-1";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LIMIT = 500; // in 5 minutes [doc] §5
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int MOST_ROWS = 250; // seen for products [code] §5
    private static final DateTimeFormatter ASKED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx"); // [code] §4
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneOffset.ofHours(3)); // §3.2
    private static final Pattern ONE = Pattern.compile("/admin/(orders|clients|webhooks)/(\\d+)\\.json");
    private static final Set<String> CLIENT = Set.of("name", "surname", "middlename", "phone", "email");
    private static final Set<String> ORDER = Set.of("manager_comment");

    private final Clock clock;
    private final Set<String> webhookMembers;
    private final boolean searches;
    private final List<ObjectNode> orders = new ArrayList<>();
    private final List<ObjectNode> clients = new ArrayList<>();
    private final List<ObjectNode> webhooks = new ArrayList<>();
    private final Deque<Instant> asked = new ArrayDeque<>();
    private int lastId = 1000;

    /**
     * @param searches     whether the shop has {@code /clients/search.json}: not confirmed, so both are possible
     * @param formatMember what it calls the format of a webhook's body: {@code format} or {@code format_type}
     */
    public InsalesShop(Clock clock, boolean searches, String formatMember) {
        this.clock = clock;
        this.searches = searches;
        this.webhookMembers = Set.of("address", "topic", formatMember);
    }

    /** @param updatedAt when it last changed; the walk goes by it */
    public synchronized String order(String phone, String clientId, OffsetDateTime updatedAt) {
        var order = NODES.objectNode()
                .put("id", ++lastId)
                .put("number", lastId)
                .put("fulfillment_status", "new")
                .put("total_price", 100.5)
                .put("currency_code", "RUR");
        order.put("created_at", WRITTEN.format(updatedAt)).put("updated_at", WRITTEN.format(updatedAt));
        order.putNull("manager_comment");
        order.putObject("client").put("id", Integer.parseInt(clientId)).put("phone", phone);
        orders.add(order);
        return String.valueOf(lastId);
    }

    public synchronized String comment(String order) {
        return byId(orders, Integer.parseInt(order)).path("manager_comment").asString("");
    }

    /** Somebody of the staff writes. */
    public synchronized void comment(String order, String text) {
        byId(orders, Integer.parseInt(order)).put("manager_comment", text);
    }

    public synchronized List<JsonNode> clients() {
        return List.copyOf(clients);
    }

    public synchronized List<JsonNode> webhooks() {
        return List.copyOf(webhooks);
    }

    @Override
    protected Reply answer(Request request) {
        if (!login().equals(request.header("Authorization").orElse(""))) {
            return Reply.empty(401);
        }
        if (isOverLimit()) {
            return Reply.empty(429); // without Retry-After: the caller has to wait 150 s by himself [doc] §5
        }
        try {
            return switch (request.method() + " " + request.path()) {
                case "GET /admin/orders.json" -> walk(request, orders);
                case "GET /admin/clients.json" -> walk(request, clients);
                case "GET /admin/clients/search.json" ->
                    searches ? list(found(request.queryValue("phone").orElse(""))) : Reply.empty(404);
                case "POST /admin/clients.json" -> made(request, "client", CLIENT, clients);
                case "GET /admin/webhooks.json" -> list(webhooks);
                case "POST /admin/webhooks.json" -> made(request, "webhook", webhookMembers, webhooks);
                default -> one(request);
            };
        } catch (JacksonException e) {
            return Reply.json(422, "{\"base\":[\"no JSON\"]}");
        }
    }

    private static String login() {
        return "Basic " + Base64.getEncoder().encodeToString((KEY + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    }

    private boolean isOverLimit() {
        var now = clock.instant();
        while (!asked.isEmpty() && !asked.peekFirst().isAfter(now.minus(WINDOW))) {
            asked.removeFirst();
        }
        asked.addLast(now);
        return asked.size() > LIMIT;
    }

    private Reply one(Request request) {
        var path = ONE.matcher(request.path());
        if (!path.matches()) {
            return Reply.empty(404);
        }
        var all = switch (path.group(1)) {
            case "orders" -> orders;
            case "clients" -> clients;
            default -> webhooks;
        };
        var there = all.stream()
                .filter(row -> row.path("id").asInt() == Integer.parseInt(path.group(2)))
                .findFirst();
        if (there.isEmpty()) {
            return Reply.json(200, ""); // a missing object may come so [doc] §8
        }
        return switch (request.method()) {
            case "GET" -> Reply.json(200, there.get().toString());
            case "PUT" -> changed(request, there.get());
            case "DELETE" -> {
                all.remove(there.get());
                yield Reply.json(200, "{\"status\":\"ok\"}");
            }
            default -> Reply.empty(404);
        };
    }

    private Reply changed(Request request, ObjectNode order) {
        return refusal(request, "order", ORDER).orElseGet(() -> {
            order.setAll((ObjectNode) request.json().path("order"));
            return Reply.json(200, order.toString());
        });
    }

    private Reply made(Request request, String root, Set<String> members, List<ObjectNode> into) {
        return refusal(request, root, members).orElseGet(() -> {
            var row = NODES.objectNode().put("id", ++lastId);
            row.setAll((ObjectNode) request.json().path(root));
            into.add(row);
            return Reply.json(201, row.toString());
        });
    }

    /** Written objects have a root [doc] §8. */
    private static java.util.Optional<Reply> refusal(Request request, String root, Set<String> members) {
        var body = request.json();
        if (!request.isJson() || body.size() != 1 || !body.path(root).isObject()) {
            return java.util.Optional.of(Reply.json(422, "{\"base\":[\"expected: " + root + "\"]}"));
        }
        return body.path(root)
                .propertyStream()
                .map(java.util.Map.Entry::getKey)
                .filter(member -> !members.contains(member))
                .findFirst()
                .map(unknown -> Reply.json(
                        422,
                        NODES.objectNode()
                                .set(unknown, NODES.arrayNode().add("unknown"))
                                .toString()));
    }

    /** By time and, within one instant, by id; rows before {@code from_id} of the very first instant were seen. */
    private static Reply walk(Request request, List<ObjectNode> rows) {
        var most = request.queryValue("per_page").map(Integer::parseInt).orElse(25);
        if (most > MOST_ROWS) {
            return Reply.json(422, "{\"per_page\":[\"too many\"]}");
        }
        var since = request.queryValue("updated_since")
                .map(text -> OffsetDateTime.parse(text, ASKED).toInstant());
        var from = request.queryValue("from_id").map(Integer::parseInt).orElse(0);
        return list(rows.stream()
                .filter(row -> since.isEmpty()
                        || changedAt(row).isAfter(since.get())
                        || (changedAt(row).equals(since.get()) && row.path("id").asInt() > from))
                .sorted(Comparator.comparing(InsalesShop::changedAt)
                        .thenComparing(row -> row.path("id").asInt()))
                .limit(most)
                .toList());
    }

    private static Instant changedAt(JsonNode row) {
        return OffsetDateTime.parse(row.path("updated_at").asString(EPOCH)).toInstant();
    }

    private static final String EPOCH =
            OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toString();

    private List<ObjectNode> found(String phone) {
        var digits = phone.replaceAll("\\D", "");
        return clients.stream()
                .filter(client ->
                        client.path("phone").asString("").replaceAll("\\D", "").contains(digits))
                .toList();
    }

    private static ObjectNode byId(List<ObjectNode> rows, int id) {
        return rows.stream()
                .filter(row -> row.path("id").asInt() == id)
                .findFirst()
                .orElseThrow();
    }

    /** A list has no root [doc] §8. */
    private static Reply list(List<ObjectNode> rows) {
        return Reply.json(200, JSON.writeValueAsString(rows));
    }
}
