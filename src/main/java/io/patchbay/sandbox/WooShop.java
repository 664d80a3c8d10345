package io.patchbay.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A WooCommerce shop as contracts/shop/woocommerce.md describes it: orders and their notes.
 *
 * <p>Strict where the contract is: at most 100 rows a page, an unknown parameter is no filter, the search compares text literally, a note twice is two notes.
 */
public final class WooShop extends SimulatedServer {

    public static final String KEY = "ck_test";
    public static final String SECRET = "cs_test";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss"); // without a zone [doc] §3.2
    private static final int MOST_ROWS = 100; // 400 above it [real]
    private static final Pattern NOTES = Pattern.compile("/orders/(\\d+)/notes");
    private static final Set<String> NOTE = Set.of("note", "customer_note", "added_by_user");

    private final List<ObjectNode> orders = new ArrayList<>();
    private final List<ObjectNode> notes = new ArrayList<>();
    private int lastId = 18_000;

    /** @param at when it was placed and last changed, UTC */
    public synchronized String order(String phone, LocalDateTime at) {
        var order = NODES.objectNode()
                .put("id", ++lastId)
                .put("number", String.valueOf(lastId))
                .put("status", "processing")
                .put("total", "10.00")
                .put("currency", "RUB")
                .put("customer_id", 0)
                .put("date_created_gmt", WRITTEN.format(at))
                .put("date_modified_gmt", WRITTEN.format(at));
        order.putObject("billing").put("first_name", "Ирина").put("phone", phone);
        orders.add(order);
        return String.valueOf(lastId);
    }

    /** Notes of an order, the oldest first. */
    public synchronized List<String> notes(String order) {
        return notes.stream()
                .filter(note -> note.path("order").asString().equals(order))
                .map(note -> note.path("note").asString())
                .toList();
    }

    @Override
    protected Reply answer(Request request) {
        if (!login().equals(request.header("Authorization").orElse(""))) {
            return refused(401, "woocommerce_rest_cannot_view", "Sorry, you cannot list resources.");
        }
        var order = NOTES.matcher(request.path());
        if (order.matches()) {
            return request.method().equals("POST") ? note(order.group(1), request) : list(of(order.group(1)));
        }
        return request.path().equals("/orders")
                ? page(request)
                : refused(404, "rest_no_route", "No route was found matching the URL and request method.");
    }

    private static String login() {
        return "Basic " + Base64.getEncoder().encodeToString((KEY + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
    }

    /** The newest first, which is the shop's own order. */
    private Reply page(Request request) {
        var rows = number(request, "per_page", 10);
        var page = number(request, "page", 1);
        if (rows > MOST_ROWS || rows < 1 || page < 1) {
            return refused(400, "rest_invalid_param", "Invalid parameter(s): per_page");
        }
        var after = request.queryValue("modified_after").map(LocalDateTime::parse);
        var text = request.queryValue("search");
        return list(orders.stream()
                .filter(order -> after.isEmpty()
                        || LocalDateTime.parse(order.path("date_modified_gmt").asString())
                                .isAfter(after.get()))
                .filter(order ->
                        text.isEmpty() || order.at("/billing/phone").asString().contains(text.get()))
                .sorted(Comparator.comparingInt(
                                (ObjectNode order) -> order.path("id").asInt())
                        .reversed())
                .skip((page - 1L) * rows)
                .limit(rows)
                .toList());
    }

    private static int number(Request request, String name, int usual) {
        return request.queryValue(name).map(Integer::parseInt).orElse(usual);
    }

    private Reply note(String order, Request request) {
        if (find(order).isEmpty()) {
            return refused(404, "woocommerce_rest_order_invalid_id", "Invalid order ID.");
        }
        var body = request.json();
        if (body.propertyStream().anyMatch(member -> !NOTE.contains(member.getKey()))
                || body.path("customer_note").asBoolean(true)) {
            return refused(400, "rest_invalid_param", "Invalid parameter(s): note");
        }
        var note = NODES.objectNode()
                .put("id", ++lastId)
                .put("order", order)
                .put("note", body.path("note").asString(""));
        notes.add(note);
        return Reply.json(201, note.toString());
    }

    private List<ObjectNode> of(String order) {
        return notes.stream()
                .filter(note -> note.path("order").asString().equals(order))
                .toList();
    }

    private Optional<ObjectNode> find(String order) {
        return orders.stream()
                .filter(one -> one.path("id").asString().equals(order))
                .findFirst();
    }

    private static Reply list(List<? extends JsonNode> rows) {
        return Reply.json(200, JSON.writeValueAsString(rows));
    }

    private static Reply refused(int status, String code, String message) {
        var body = NODES.objectNode().put("code", code).put("message", message);
        body.putObject("data").put("status", status);
        return Reply.json(status, body.toString());
    }
}
