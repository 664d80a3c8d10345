package io.patchbay.protocol.xsi;

import io.patchbay.protocol.xml.MalformedXmlException;
import io.patchbay.protocol.xml.XmlTree;
import java.util.Set;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one Xsi event into a JSON tree that a mapping can walk: the members of {@code Event} by their local names, as {@link XmlTree} reads them.
 *
 * <p>The type of an element is {@code @type}, whatever prefix or namespace the attribute itself has: the usual prefixes are reversed, and one published
 * sample binds it to the wrong namespace [doc] contracts/pbx, Xsi, section 8. The lists of the protocol are always arrays. Unknown elements are kept:
 * vendor samples do not keep to the schema. A real event is 1 to 4 KB and nested 8 deep; a resync of a busy group may list some dozens of legs.
 */
public final class XsiEvent {

    /** The root element of every event. */
    public static final String ROOT = "Event";

    private static final Set<String> LISTS = Set.of(
            "calls/call",
            "redirections/redirection",
            "joinInfos/joinInfo",
            "conferenceParticipantList/conferenceParticipant");

    private XsiEvent() {}

    /**
     * The event in these bytes; the encoding is that of the XML declaration, UTF-8 without one.
     *
     * @throws MalformedXsiException when they are no well-formed event, or one that breaks a limit
     */
    public static ObjectNode read(byte[] document) {
        try {
            return of(XmlTree.read(document, LISTS));
        } catch (MalformedXmlException e) {
            throw new MalformedXsiException(e.why(), e);
        }
    }

    private static ObjectNode of(ObjectNode tree) {
        if (!tree.has(ROOT)) {
            throw new MalformedXsiException("its root element is not Event.");
        }
        return tree.get(ROOT) instanceof ObjectNode members ? members : JsonNodeFactory.instance.objectNode();
    }
}
