package io.patchbay.protocol.xsi;

import java.io.ByteArrayInputStream;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads one Xsi event into a JSON tree that a mapping can walk: the members of {@code Event} by their local names.
 *
 * <ul>
 *   <li>Namespaces are gone. An attribute is a member {@code @name}; the type of an element is {@code @type} without its prefix,
 *       whatever prefix or namespace the attribute itself has: the usual prefixes are reversed, and one published sample binds it to the
 *       wrong namespace [doc] contracts/pbx, Xsi, section 8.
 *   <li>Text is trimmed: values may be padded with line breaks. An element of text alone is a string; with attributes it is an
 *       object whose text is {@code #text}; an empty element (a flag) is an empty string.
 *   <li>The lists of the protocol are always arrays, other elements become one when they are repeated.
 *   <li>The order of elements does not matter, and unknown ones are kept: vendor samples do not keep to the schema.
 * </ul>
 *
 * A document type, a foreign entity, too deep a nesting or too many elements are refused before they cost anything. Stateless,
 * safe for any number of threads.
 */
public final class XsiEvent {

    /** Bytes. A real event is 1 to 4 KB; a resync of a busy group may list some dozens of legs. */
    static final int LONGEST = 512 * 1024;
    /** Real events are nested 8 deep: Event, eventData, calls, call, redirections, redirection, party, address. */
    static final int DEEPEST = 32;

    static final int MOST_ELEMENTS = 20_000;

    private static final Set<String> LISTS = Set.of(
            "calls/call",
            "redirections/redirection",
            "joinInfos/joinInfo",
            "conferenceParticipantList/conferenceParticipant");

    private static final XMLInputFactory XML = factory();

    private final XMLStreamReader reader;
    private int depth;
    private int elements;

    private XsiEvent(XMLStreamReader reader) {
        this.reader = reader;
    }

    /**
     * The event in these bytes; the encoding is that of the XML declaration, UTF-8 without one.
     *
     * @throws MalformedXsiException when they are no well-formed event, or one that breaks a limit
     */
    public static ObjectNode read(byte[] document) {
        if (document.length > LONGEST) {
            throw new MalformedXsiException("it is longer than " + LONGEST + " bytes.");
        }
        try {
            return new XsiEvent(XML.createXMLStreamReader(new ByteArrayInputStream(document))).document();
        } catch (XMLStreamException | RuntimeException e) {
            // the JDK's reader throws unchecked ones for some malformed documents (e.g. an unknown encoding)
            throw e instanceof MalformedXsiException known
                    ? known
                    : new MalformedXsiException("it is not well-formed XML" + place(e) + ".", e);
        }
    }

    private static String place(Exception e) {
        return e instanceof XMLStreamException xml && xml.getLocation() != null
                ? " (line " + xml.getLocation().getLineNumber() + ", column "
                        + xml.getLocation().getColumnNumber() + ")"
                : "";
    }

    private ObjectNode document() throws XMLStreamException {
        ObjectNode event = null;
        while (reader.hasNext()) {
            var next = reader.next();
            if (next == XMLStreamConstants.DTD) {
                throw new MalformedXsiException("it has a document type, which no event needs.");
            }
            if (next == XMLStreamConstants.START_ELEMENT) {
                if (!reader.getLocalName().equals("Event")) {
                    throw new MalformedXsiException("its root element is not Event.");
                }
                event = element() instanceof ObjectNode members ? members : JsonNodeFactory.instance.objectNode();
            }
        }
        if (event == null) {
            throw new MalformedXsiException("it has no root element.");
        }
        return event;
    }

    /** The element the reader stands at; afterwards the reader stands at its end. */
    private JsonNode element() throws XMLStreamException {
        if (++depth > DEEPEST) {
            throw new MalformedXsiException("its elements are nested deeper than " + DEEPEST + ".");
        }
        if (++elements > MOST_ELEMENTS) {
            throw new MalformedXsiException("it has more than " + MOST_ELEMENTS + " elements.");
        }
        var name = reader.getLocalName();
        var members = attributes();
        var text = new StringBuilder();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    var child = reader.getLocalName();
                    add(members, name, child, element());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE ->
                    text.append(reader.getText());
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MalformedXsiException("it refers to an entity of its own.");
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    return value(members, text.toString().strip());
                }
                default -> {
                    // comments and processing instructions say nothing about a call
                }
            }
        }
    }

    private ObjectNode attributes() {
        var members = JsonNodeFactory.instance.objectNode();
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            var name = reader.getAttributeLocalName(i);
            var value = reader.getAttributeValue(i).strip();
            members.put("@" + name, name.equals("type") ? value.substring(value.indexOf(':') + 1) : value);
        }
        return members;
    }

    private static JsonNode value(ObjectNode members, String text) {
        if (members.isEmpty()) {
            return JsonNodeFactory.instance.stringNode(text);
        }
        if (!text.isEmpty()) {
            members.put("#text", text);
        }
        return members;
    }

    private static void add(ObjectNode members, String parent, String name, JsonNode value) {
        var there = members.get(name);
        if (there instanceof ArrayNode list) {
            list.add(value);
        } else if (there != null) {
            members.putArray(name).add(there).add(value);
        } else if (LISTS.contains(parent + "/" + name)) {
            members.putArray(name).add(value);
        } else {
            members.set(name, value);
        }
    }

    private static XMLInputFactory factory() {
        // the JDK's own reader: a library that happens to be on the class path must not change what is safe
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("no outside entity is read");
        });
        return factory;
    }
}
