package io.patchbay.console;

import io.patchbay.connector.Connector;
import java.util.List;
import java.util.Locale;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** A connector's own page, its README, as HTML that is safe to show: raw HTML stands there as text, and links lead to the web only. */
final class Guide {

    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .attributeProviderFactory(context -> (node, tag, attributes) -> {
                if (node instanceof Link) {
                    attributes.put("target", "_blank");
                    attributes.put("rel", "noopener noreferrer");
                }
            })
            .build();

    private Guide() {}

    /** In the reader's language, else in English; empty when the connector has none. */
    static String of(Connector connector, Locale language) {
        return connector
                .folder()
                .text("README." + language.getLanguage() + ".md")
                .or(() -> connector.folder().text("README.md"))
                .map(Guide::html)
                .orElse("");
    }

    static String html(String markdown) {
        var document = PARSER.parse(markdown);
        document.accept(new BelowThePage());
        return RENDERER.render(document);
    }

    /** The page around has its own title and headings: those of the text go two levels down, its title goes. */
    private static final class BelowThePage extends AbstractVisitor {

        @Override
        public void visit(Heading heading) {
            if (heading.getLevel() == 1) {
                heading.unlink();
            } else {
                heading.setLevel(Math.min(heading.getLevel() + 1, 6));
            }
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            if (!link.getDestination().matches("https?://.*")) {
                keepOnlyTheWords(link);
            }
        }

        private static void keepOnlyTheWords(Link link) {
            for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
                link.insertBefore(child);
            }
            link.unlink();
        }
    }
}
