package io.patchbay.call;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Everything a call tells about itself: two calls are the same only when their pictures are, not when their facts are. */
record Picture(Map<String, Object> told) {

    static Picture of(Call call) {
        var told = new LinkedHashMap<String, Object>();
        told.put("keys", call.keys());
        told.put("legs", call.legs());
        told.put("order", call.order());
        told.put("direction", call.direction());
        told.put("guessed", call.directionIsGuessed());
        told.put("client", call.client());
        told.put("line", call.line());
        told.put("started", call.startedAt());
        told.put("answered", call.answeredAt());
        told.put("ended", call.endedAt());
        told.put("settled", call.settledAt());
        told.put("unknown end", call.endIsUnknown());
        told.put("news", call.lastNewsAt());
        told.put("result", call.result(Instant.MAX));
        told.put("talk", call.talkTime());
        told.put("wait", call.waitTime());
        told.put("employees", call.employees());
        for (var rule : ResponsibleRule.values()) {
            told.put(rule.name(), call.responsible(rule));
        }
        told.put("recordings", call.recordings());
        return new Picture(told);
    }
}
