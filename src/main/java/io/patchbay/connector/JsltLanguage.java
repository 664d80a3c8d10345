package io.patchbay.connector;

import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.LanguageSupport;

/** Conditions of a flow in the words of the mappings: {@code language: {language: jslt, expression: ".status == 404"}}. */
public final class JsltLanguage extends LanguageSupport {

    @Override
    public Predicate createPredicate(String text) {
        var mapping = Mapping.of("condition", text);
        return new Predicate() {
            @Override
            public boolean matches(Exchange exchange) {
                return mapping.apply(Conversation.on(exchange).view()).asBoolean(false);
            }
        };
    }

    @Override
    public Expression createExpression(String text) {
        var mapping = Mapping.of("expression", text);
        return new ExpressionAdapter() {
            @Override
            public Object evaluate(Exchange exchange) {
                return mapping.apply(Conversation.on(exchange).view());
            }
        };
    }
}
