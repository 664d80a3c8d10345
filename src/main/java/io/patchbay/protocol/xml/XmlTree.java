package io.patchbay.protocol.xml;

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
 * Reads an XML document into a JSON tree that a mapping can walk: the root element by its local name, and in it its members by theirs.
 *
 * <ul>
 *   <li>Namespaces are gone. An attribute is a member {@code @name}; the type of an element is {@code @type} without its prefix.
 *   <li>Text is trimmed: values may be padded with line breaks. An element of text alone is a string; with attributes it is an
 *       object whose text is {@code #text}; an empty element (a flag) is an empty string.
 *   <li>Elements that the reader is told are lists are always arrays, others become one when they are repeated.
 *   <li>The order of elements does not matter, and unknown ones are kept.
 * </ul>
 *
 * A document type, a foreign entity, too deep a nesting or too many elements are refused before they cost anything. Stateless,
 * safe for any number of threads.
 */
public final class XmlTree {

    /** Bytes. */
    public static final int LONGEST = 512 * 1024;

    public static final int DEEPEST = 32;

    public static final int MOST_ELEMENTS = 20_000;

    private static final XMLInputFactory XML = factory();

    private final XMLStreamReader reader;
    private final Set<String> lists;
    private int depth;
    private int elements;

    private XmlTree(XMLStreamReader reader, Set<String> lists) {
        this.reader = reader;
        this.lists = lists;
    }

    /**
     * The document in these bytes; the encoding is that of the XML declaration, UTF-8 without one.
     *
     * @param lists {@code parent/child} for each element that is one of a list even when it stands alone
     * @return an object with one member, named after the root element
     * @throws MalformedXmlException when they are no well-formed document, or one that breaks a limit
     */
    public static ObjectNode read(byte[] document, Set<String> lists) {
        if (document.length > LONGEST) {
            throw new MalformedXmlException("it is longer than " + LONGEST + " bytes.");
        }
        try {
            return new XmlTree(XML.createXMLStreamReader(new ByteArrayInputStream(document)), lists).document();
        } catch (XMLStreamException | RuntimeException e) {
            // the JDK's reader throws unchecked ones for some malformed documents (e.g. an unknown encoding)
            throw e instanceof MalformedXmlException known
                    ? known
                    : new MalformedXmlException("it is not well-formed XML" + place(e) + ".", e);
        }
    }

    private static String place(Exception e) {
        return e instanceof XMLStreamException xml && xml.getLocation() != null
                ? " (line " + xml.getLocation().getLineNumber() + ", column "
                        + xml.getLocation().getColumnNumber() + ")"
                : "";
    }

    private ObjectNode document() throws XMLStreamException {
        var tree = JsonNodeFactory.instance.objectNode();
        while (reader.hasNext()) {
            var next = reader.next();
            if (next == XMLStreamConstants.DTD) {
                throw new MalformedXmlException("it has a document type, which no message needs.");
            }
            if (next == XMLStreamConstants.START_ELEMENT) {
                var root = reader.getLocalName();
                tree.set(root, element());
            }
        }
        if (tree.isEmpty()) {
            throw new MalformedXmlException("it has no root element.");
        }
        return tree;
    }

    /** The element the reader stands at; afterwards the reader stands at its end. */
    private JsonNode element() throws XMLStreamException {
        if (++depth > DEEPEST) {
            throw new MalformedXmlException("its elements are nested deeper than " + DEEPEST + ".");
        }
        if (++elements > MOST_ELEMENTS) {
            throw new MalformedXmlException("it has more than " + MOST_ELEMENTS + " elements.");
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
                    throw new MalformedXmlException("it refers to an entity of its own.");
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    return value(members, text.toString().strip());
                }
                default -> {
                    // comments and processing instructions say nothing
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

    private void add(ObjectNode members, String parent, String name, JsonNode value) {
        var there = members.get(name);
        if (there instanceof ArrayNode list) {
            list.add(value);
        } else if (there != null) {
            members.putArray(name).add(there).add(value);
        } else if (lists.contains(parent + "/" + name)) {
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
