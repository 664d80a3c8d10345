package io.patchbay.connection.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * Cuts the connection when an answer is closed before its end. The client would read the rest first, to use the connection again: from a hostile or
 * broken target that never ends.
 */
final class AbortOnClose implements ExecChainHandler {

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        var response = chain.proceed(request, scope);
        if (response.getEntity() != null) {
            response.setEntity(new Entity(response.getEntity(), scope.execRuntime));
        }
        return response;
    }

    private static final class Entity extends HttpEntityWrapper {
        private final ExecRuntime connection;

        private Entity(HttpEntity entity, ExecRuntime connection) {
            super(entity);
            this.connection = connection;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new Body(super.getContent(), connection);
        }
    }

    private static final class Body extends FilterInputStream {
        private final ExecRuntime connection;
        private boolean ended;

        private Body(InputStream in, ExecRuntime connection) {
            super(in);
            this.connection = connection;
        }

        @Override
        public int read() throws IOException {
            var one = super.read();
            ended |= one < 0;
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            var some = super.read(into, offset, length);
            ended |= some < 0;
            return some;
        }

        @Override
        public boolean markSupported() {
            return false;
        }

        @Override
        public void close() throws IOException {
            if (!ended) {
                connection.discardEndpoint();
            }
            super.close();
        }
    }
}
