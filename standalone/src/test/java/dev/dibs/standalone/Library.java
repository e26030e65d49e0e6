package dev.dibs.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** One library in the local repository of Maven. */
record Library(String group, String artifact, String version, String license) {

    /** @param jar {@code …/group/artifact/version/artifact-version.jar}, with its pom beside it */
    static Library of(Path jar) {
        Path folder = jar.getParent();
        String version = folder.getFileName().toString();
        String artifact = folder.getParent().getFileName().toString();
        Element project = parse(folder.resolve(artifact + "-" + version + ".pom"));
        Element parent = child(project, "parent");
        String group = text(project, "groupId");
        if (group.isEmpty()) {
            group = text(parent, "groupId");
        }
        Path repository = folder.getParent().getParent();
        for (int i = 0; i < group.split("\\.").length; i++) {
            repository = repository.getParent();
        }
        return new Library(group, artifact, version, license(project, repository));
    }

    String name() {
        return group + ":" + artifact;
    }

    /** Its own, or the one it inherits. */
    private static String license(Element project, Path repository) {
        Element licenses = child(project, "licenses");
        if (licenses != null) {
            return String.join(
                    " or ",
                    children(licenses, "license").stream()
                            .map(license ->
                                    text(license, "name").replace('|', '/').replaceAll("\\s+", " "))
                            .toList());
        }
        Element parent = child(project, "parent");
        if (parent == null) {
            return "not stated";
        }
        String artifact = text(parent, "artifactId");
        String version = text(parent, "version");
        Path pom = repository
                .resolve(text(parent, "groupId").replace('.', '/'))
                .resolve(artifact)
                .resolve(version)
                .resolve(artifact + "-" + version + ".pom");
        return Files.isRegularFile(pom) ? license(parse(pom), repository) : "not stated";
    }

    private static Element parse(Path pom) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            return factory.newDocumentBuilder().parse(pom.toFile()).getDocumentElement();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException(pom + " cannot be read", e);
        }
    }

    private static Element child(Element element, String name) {
        List<Element> found = element == null ? List.of() : children(element, name);
        return found.isEmpty() ? null : found.get(0);
    }

    private static List<Element> children(Element element, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child && child.getTagName().equals(name)) {
                found.add(child);
            }
        }
        return found;
    }

    private static String text(Element element, String name) {
        Element child = child(element, name);
        return child == null ? "" : child.getTextContent().strip();
    }
}
