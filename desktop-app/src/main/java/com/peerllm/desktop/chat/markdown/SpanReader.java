package com.peerllm.desktop.chat.markdown;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;

/**
 * Reads the words of a paragraph. A link is shown with its address, for a model may invent both, and nothing of it is ever
 * opened; an image is its description and is never fetched; HTML is shown as it is written.
 */
final class SpanReader extends AbstractVisitor {
    private final List<Span> spans = new ArrayList<>();
    private int bold;
    private int italic;

    private SpanReader() {}

    static List<Span> read(Node paragraph) {
        SpanReader reader = new SpanReader();
        reader.visitChildren(paragraph);
        return reader.spans;
    }

    private void add(String text, boolean code) {
        Span next = new Span(text, bold > 0, italic > 0, code);
        if (!spans.isEmpty() && spans.getLast().looksLike(next))
            spans.add(spans.removeLast().with(text));
        else if (!text.isEmpty()) spans.add(next);
    }

    @Override
    public void visit(Text text) {
        add(text.getLiteral(), false);
    }

    @Override
    public void visit(Code code) {
        add(code.getLiteral(), true);
    }

    @Override
    public void visit(HtmlInline html) {
        add(html.getLiteral(), false);
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        // A model that begins a new line means it.
        add("\n", false);
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        add("\n", false);
    }

    @Override
    public void visit(Emphasis emphasis) {
        italic++;
        visitChildren(emphasis);
        italic--;
    }

    @Override
    public void visit(StrongEmphasis emphasis) {
        bold++;
        visitChildren(emphasis);
        bold--;
    }

    @Override
    public void visit(Link link) {
        int before = spans.size();
        visitChildren(link);
        boolean same = spans.size() > before && spans.getLast().text().endsWith(link.getDestination());
        if (!same && !link.getDestination().isEmpty()) add(" (" + link.getDestination() + ")", false);
    }

    @Override
    public void visit(Image image) {
        visitChildren(image);
        add(" (" + image.getDestination() + ")", false);
    }
}
