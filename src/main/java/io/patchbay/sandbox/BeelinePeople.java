package io.patchbay.sandbox;

import io.patchbay.sandbox.SimulatedServer.Reply;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** {@code /abonents} and {@code /numbers}. Not thread-safe: the server's lock guards it. */
final class BeelinePeople {

    private static final List<String> AGENT_STATES = List.of("ONLINE", "OFFLINE", "BREAK");

    private final BeelineCompany company;
    private final Calls calls;
    private final Map<String, String> agentStates = new HashMap<>();
    private final Map<String, Boolean> recording = new HashMap<>();

    BeelinePeople(BeelineCompany company, Calls calls) {
        this.company = company;
        this.calls = calls;
    }

    /** Where a click-to-call goes. */
    interface Calls {
        Ordered order(BeelineEmployee employee, String number);
    }

    record Ordered(String callId, String tracking) {}

    /** @param path decoded segments after the API's base, e.g. {@code [abonents, 201, call]} */
    Reply answer(Request request, List<String> path, boolean second) {
        if (path.size() == 1 && !second) {
            reading(request);
            return Reply.json(
                    200,
                    JsonMapper.shared()
                            .writeValueAsString(company.employees().stream()
                                    .map(e -> e.json(""))
                                    .toList()));
        }
        var employee = path.size() < 2 || path.size() > 3
                ? null
                : company.employee(path.get(1)).orElseThrow(() -> BeelineRefusal.notFound("Абонент не найден"));
        if (employee == null || (second && !path.getLast().equals("call"))) {
            throw BeelineRefusal.notFound("Нет такого ресурса");
        }
        if (path.size() == 2) {
            reading(request);
            return Reply.json(200, employee.json("").toString());
        }
        return switch (path.get(2)) {
            case "call" -> call(request, employee, second);
            case "agent" -> agent(request, employee);
            case "recording" -> recording(request, employee);
            default -> throw BeelineRefusal.notFound("Нет такого ресурса");
        };
    }

    Reply numbers(Request request, List<String> path) {
        reading(request);
        if (path.size() == 1) {
            return Reply.json(
                    200,
                    JsonMapper.shared()
                            .writeValueAsString(company.numbers().stream()
                                    .map(BeelinePeople::number)
                                    .toList()));
        }
        return company.number(path.get(1))
                .filter(n -> path.size() == 2)
                .map(n -> Reply.json(200, JsonMapper.shared().writeValueAsString(number(n))))
                .orElseThrow(() -> BeelineRefusal.notFound("Номер не найден"));
    }

    private static Map<String, String> number(String tenDigits) {
        return Map.of("numberId", tenDigits + BeelineCompany.DOMAIN, "phone", tenDigits);
    }

    private Reply call(Request request, BeelineEmployee employee, boolean second) {
        method(request, "POST");
        var number = BeelineQuery.of(request, "phoneNumber").required("phoneNumber");
        if (request.body().length > 0) {
            throw BeelineRefusal.badRequest("Тело запроса должно быть пустым");
        }
        if (!number.matches("\\d{10}|\\d{2,6}")) {
            throw BeelineRefusal.badRequest("Неверный номер телефона");
        }
        var ordered = calls.order(employee, number);
        var answer = JsonMapper.shared().createObjectNode();
        // the old form answers with a bare string
        return second
                ? Reply.json(
                        200,
                        answer.put("callId", ordered.callId())
                                .put("externalTrackingId", ordered.tracking())
                                .toString())
                : Reply.json(200, '"' + ordered.tracking() + '"');
    }

    private Reply agent(Request request, BeelineEmployee employee) {
        if (request.method().equals("PUT")) {
            var query = BeelineQuery.of(request, "status");
            if (!query.chose("status", AGENT_STATES)) {
                throw BeelineRefusal.badRequest("Неверный статус");
            }
            agentStates.put(employee.userId(), query.text("status"));
            return Reply.empty(200);
        }
        reading(request);
        return Reply.json(200, '"' + agentStates.getOrDefault(employee.userId(), "ONLINE") + '"');
    }

    private Reply recording(Request request, BeelineEmployee employee) {
        BeelineQuery.of(request);
        switch (request.method()) {
            case "GET" -> {
                var on = recording.getOrDefault(employee.userId(), employee.recorded());
                return Reply.json(200, on ? "\"ON\"" : "\"OFF\"");
            }
            case "PUT" -> recording.put(employee.userId(), true);
            case "DELETE" -> recording.put(employee.userId(), false);
            default -> method(request, "GET");
        }
        return Reply.empty(200);
    }

    private static void reading(Request request) {
        method(request, "GET");
        BeelineQuery.of(request);
    }

    private static void method(Request request, String only) {
        if (!request.method().equals(only)) {
            throw new BeelineRefusal(405, "MethodNotAllowed", "");
        }
    }
}
