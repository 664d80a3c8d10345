package io.patchbay.connection.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.patchbay.connector.ConnectorException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One wide line and one measurement for every request, without a secret and without a full number. */
final class RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger("io.patchbay.api");
    private static final String HELD = "patchbay.api.held";
    private static final String TIMER = "patchbay.api.requests";

    private final MeterRegistry meters;

    RequestLog(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts a request that was not sent, because of the rate limit, a pause the target asked for, or the breaker. */
    void held(Target target, Asking asking, ConnectorException why) {
        Counter.builder(HELD)
                .tag("connector", target.connector().id())
                .tag("connection", target.connection().id().toString())
                .tag("urgency", asking.urgency().name().toLowerCase(Locale.ROOT))
                .tag("verdict", word(why))
                .register(meters)
                .increment();
    }

    private static String word(ConnectorException why) {
        return why.fault().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Line begin(Target target, ApiRequest request, Asking asking) {
        return new Line(target, request, asking, System.nanoTime());
    }

    /** The line of one request, written at its end. */
    final class Line {

        private final Target target;
        private final ApiRequest request;
        private final Asking asking;
        private final long began;
        private int status;
        private String renewed = "";

        private Line(Target target, ApiRequest request, Asking asking, long began) {
            this.target = target;
            this.request = request;
            this.asking = asking;
            this.began = began;
        }

        void status(int status) {
            this.status = status;
        }

        /** The token was renewed and the request repeated. */
        void renewed() {
            renewed = " renewed=true";
        }

        void done(int answered) {
            status = answered;
            write("done", "");
        }

        void failed(ConnectorException e) {
            write(RequestLog.word(e), " code=" + word(e.code()) + " why=\"" + e.getMessage() + "\"");
        }

        private void write(String verdict, String rest) {
            var took = Duration.ofNanos(System.nanoTime() - began);
            Timer.builder(TIMER)
                    .tag("connector", target.connector().id())
                    .tag("connection", target.connection().id().toString())
                    .tag("operation", asking.operation().isEmpty() ? "none" : asking.operation())
                    .tag("verdict", verdict)
                    .register(meters)
                    .record(took);
            LOG.info(
                    "api.sent company={} connection={} connector={} operation={} method={} host={} path={} query={}"
                            + " status={} verdict={} urgency={} took={}ms{}{}",
                    target.connection().company(),
                    target.connection().id(),
                    target.connector().id(),
                    asking.operation(),
                    request.method(),
                    request.url().isEmpty()
                            ? target.base().getHost()
                            : Targets.address(request.url()).getHost(),
                    // an own address may hold anything, also a secret
                    request.url().isEmpty() ? Mask.numbers(request.path()) : "***",
                    new TreeSet<>(
                            request.query().stream().map(Map.Entry::getKey).toList()),
                    status,
                    verdict,
                    asking.urgency().name().toLowerCase(Locale.ROOT),
                    took.toMillis(),
                    renewed,
                    rest);
        }

        private static String word(String code) {
            return code.isEmpty() ? "-" : Mask.numbers(code).replaceAll("\\s", "_");
        }
    }
}
