package io.patchbay.intake;

import jakarta.jms.BytesMessage;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.util.function.Consumer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Hooks that were accepted and wait in the queue to be read: looked at without taking them. */
@Component
public class WaitingHooks {

    /** The queue of routes/intake/accept.camel.yaml and routes/call/join.camel.yaml. */
    static final String QUEUE = "patchbay.intake";

    private final ObjectProvider<ConnectionFactory> broker;

    WaitingHooks(ObjectProvider<ConnectionFactory> broker) {
        this.broker = broker;
    }

    /** The oldest first. Those that a reader has in hand are not among them. @param reader of sealed bytes */
    public void browse(Consumer<byte[]> reader) {
        var factory = broker.getIfAvailable();
        if (factory == null) {
            return; // parts of a hub without queues
        }
        try (var connection = factory.createConnection();
                var session = connection.createSession();
                var browser = session.createBrowser(session.createQueue(QUEUE))) {
            connection.start();
            for (var messages = browser.getEnumeration(); messages.hasMoreElements(); ) {
                if (messages.nextElement() instanceof BytesMessage bytes) {
                    var body = new byte[(int) bytes.getBodyLength()];
                    bytes.readBytes(body);
                    reader.accept(body);
                }
            }
        } catch (JMSException e) {
            throw new IllegalStateException("The queue of hooks could not be looked through.", e);
        }
    }

    /** Puts hooks into the queue, as if they had just come. @return after they are on the disk */
    public void put(Iterable<byte[]> hooks) {
        try (var connection = broker.getObject().createConnection();
                var session = connection.createSession(true, 0);
                var producer = session.createProducer(session.createQueue(QUEUE))) {
            for (var hook : hooks) {
                var message = session.createBytesMessage();
                message.writeBytes(hook);
                producer.send(message);
            }
            session.commit();
        } catch (JMSException e) {
            throw new IllegalStateException("The hooks could not be put into the queue.", e);
        }
    }
}
