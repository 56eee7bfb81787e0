package com.peerllm.desktop.chat.markdown;

import com.peerllm.desktop.chat.markdown.Block.Place;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.ThematicBreak;

/** Turns the tree of a Markdown document into a flat list of blocks, each with its depth. */
final class BlockReader {
    private static final String DOT = "•";

    private final List<Block> blocks = new ArrayList<>();

    private BlockReader() {}

    static List<Block> read(Node top) {
        BlockReader reader = new BlockReader();
        reader.read(top, Place.TOP);
        return reader.blocks;
    }

    private void read(Node node, Place place) {
        switch (node) {
            case Heading heading -> blocks.add(new Block.Words(place, heading.getLevel(), SpanReader.read(heading)));
            case FencedCodeBlock code -> blocks.add(code(place, firstWord(code.getInfo()), code.getLiteral()));
            case IndentedCodeBlock code -> blocks.add(code(place, "", code.getLiteral()));
            case HtmlBlock html -> blocks.add(new Block.Words(place, 0, List.of(Span.plain(html.getLiteral()))));
            case ThematicBreak _ -> blocks.add(new Block.Line(place));
            case BulletList list -> items(list, place, 0);
            case OrderedList list -> items(list, place, number(list));
            case BlockQuote quote -> children(quote, new Place(place.depth(), place.marker(), true));
            case TableBlock table -> blocks.add(new Block.Table(place, rows(table)));
            case LinkReferenceDefinition _ -> {
                // Says nothing to a reader.
            }
            default -> blocks.add(new Block.Words(place, 0, SpanReader.read(node)));
        }
    }

    private static int number(OrderedList list) {
        Integer first = list.getMarkerStartNumber();
        return first == null ? 1 : first;
    }

    private static String firstWord(String info) {
        return info == null ? "" : info.strip().split("\\s+")[0];
    }

    private static Block code(Place place, String language, String text) {
        return new Block.Code(place, language, text.stripTrailing());
    }

    /** @param number of the first entry; 0 for dots */
    private void items(Node list, Place place, int number) {
        int next = number;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            if (!(item instanceof ListItem)) continue;
            String marker = number == 0 && !(list instanceof OrderedList) ? DOT : next++ + ".";
            children(item, new Place(place.depth() + 1, marker, place.quoted()));
        }
    }

    /** The first of them has the marker. */
    private void children(Node parent, Place place) {
        Place now = place;
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            read(child, now);
            now = new Place(place.depth(), "", place.quoted());
        }
        boolean emptyEntry = parent.getFirstChild() == null && !place.marker().isEmpty();
        if (emptyEntry) blocks.add(new Block.Words(place, 0, List.of()));
    }

    private static List<List<List<Span>>> rows(TableBlock table) {
        List<List<List<Span>>> rows = new ArrayList<>();
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                if (!(row instanceof TableRow)) continue;
                List<List<Span>> cells = new ArrayList<>();
                for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext())
                    if (cell instanceof TableCell) cells.add(SpanReader.read(cell));
                rows.add(List.copyOf(cells));
            }
        }
        return rows;
    }
}
