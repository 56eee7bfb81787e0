package com.peerllm.desktop.chat;

import com.peerllm.desktop.chat.markdown.Span;
import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.shape.Path;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;

/** Words of several looks, a part of which can be selected. */
final class SelectableFlow extends TextFlow {
    private final Path selection = shade("selection");
    private final Path code = shade("code-shade");
    private List<Span> spans = List.of();
    private int from;
    private int to;

    SelectableFlow(List<Span> spans) {
        getStyleClass().add("flow");
        getChildren().addAll(code, selection);
        show(spans);
    }

    private static Path shade(String style) {
        Path path = new Path();
        path.getStyleClass().add(style);
        path.setManaged(false);
        path.setMouseTransparent(true);
        return path;
    }

    /** Keeps what is the same, so that a growing text is not laid out anew from its beginning. */
    void show(List<Span> next) {
        int same = 0;
        while (same < Math.min(spans.size(), next.size()) && spans.get(same).equals(next.get(same))) same++;
        int first = getChildren().size() - spans.size();
        if (same < spans.size() && same < next.size() && looksSame(spans.get(same), next.get(same))) {
            ((Text) getChildren().get(first + same)).setText(next.get(same).text());
            same++;
        }
        if (same < spans.size()) getChildren().remove(first + same, first + spans.size());
        getChildren()
                .addAll(next.subList(same, next.size()).stream()
                        .map(SelectableFlow::node)
                        .toList());
        spans = List.copyOf(next);
        requestLayout();
    }

    private static boolean looksSame(Span a, Span b) {
        return a.bold() == b.bold() && a.italic() == b.italic() && a.code() == b.code();
    }

    private static Node node(Span span) {
        Text text = new Text(span.text());
        text.getStyleClass().add("words");
        if (span.bold()) text.getStyleClass().add("bold");
        if (span.italic()) text.getStyleClass().add("italic");
        if (span.code()) text.getStyleClass().add("code");
        return text;
    }

    String text() {
        return spans.stream().map(Span::text).collect(Collectors.joining());
    }

    int length() {
        return spans.stream().mapToInt(span -> span.text().length()).sum();
    }

    /** The place in the text that is nearest to a point of this node. */
    int at(Point2D point) {
        return Math.clamp(getHitInfo(point).getInsertionIndex(), 0, length());
    }

    void select(int begin, int end) {
        from = Math.clamp(begin, 0, length());
        to = Math.clamp(end, from, length());
        selection.getElements().setAll(from == to ? List.of() : List.of(getRangeShape(from, to, true)));
    }

    String selected() {
        return text().substring(Math.min(from, length()), Math.min(to, length()));
    }

    @Override
    protected void layoutChildren() {
        super.layoutChildren();
        if (from != to) select(from, to);
        code.getElements().clear();
        int place = 0;
        for (Span span : spans) {
            int end = place + span.text().length();
            if (span.code()) code.getElements().addAll(getRangeShape(place, end, false));
            place = end;
        }
    }
}
