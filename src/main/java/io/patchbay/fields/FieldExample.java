package io.patchbay.fields;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A made-up input of an operation, to try field maps on. */
public final class FieldExample {

    private static final String CALL = """
        {"call": {"id": "c-81", "key": "pbx-77", "direction": "INBOUND", "result": "ANSWERED", "clientNumber": "+79000001235",
          "clientNational": "9000001235", "clientNumberKind": "PHONE", "clientNumberRaw": "89000001235", "line": "+79000000100",
          "startedAt": "2026-03-09T10:30:00+03:00", "startedAtEpoch": 1773041400, "answeredAt": "2026-03-09T10:30:08+03:00",
          "answeredAtEpoch": 1773041408, "endedAt": "2026-03-09T10:32:36+03:00", "endedAtEpoch": 1773041556, "talkSeconds": 148,
          "waitSeconds": 8, "ordered": false, "callBack": false, "url": "https://hub.example.com/calls/c-81"},
         "number": "+79000001235", "national": "9000001235",
         "employee": {"id": "7", "extension": "201", "name": "Anna Petrova", "email": "anna@example.com"},
         "client": {"kind": "contact", "id": "17", "name": "Ivan Sidorov", "owner": "7"},
         "known": {"name": "Ivan Sidorov", "vip": true, "orders": [{"id": "1", "number": "1001", "status": "processing", "total": "4350.00",
           "currency": "RUB", "text": "1001: 4350.00 RUB, processing"}]}}
        """;

    private FieldExample() {}

    public static JsonNode call() {
        return JsonMapper.shared().readTree(CALL);
    }
}
