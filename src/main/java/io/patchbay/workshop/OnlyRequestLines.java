package io.patchbay.workshop;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** While it is open, of all logs only the masked line of each request is written, to the output of a command. */
final class OnlyRequestLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final PrintWriter out;
    private final Logger root;
    private final Logger requests;
    private final @Nullable Level rootLevel;
    private final @Nullable Level requestsLevel;

    OnlyRequestLines(PrintWriter out) {
        this.out = out;
        var logs = (LoggerContext) LoggerFactory.getILoggerFactory();
        root = logs.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        requests = logs.getLogger("io.patchbay.api");
        rootLevel = root.getLevel();
        requestsLevel = requests.getLevel();
        setContext(logs);
        start();
        root.setLevel(Level.OFF);
        requests.setLevel(Level.INFO);
        requests.setAdditive(false);
        requests.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        out.println("  " + event.getFormattedMessage());
    }

    @Override
    public void close() {
        requests.detachAppender(this);
        requests.setAdditive(true);
        requests.setLevel(requestsLevel);
        root.setLevel(rootLevel);
        stop();
    }
}
