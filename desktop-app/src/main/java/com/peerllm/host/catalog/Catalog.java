package com.peerllm.host.catalog;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models that a host may choose from, as a maintainer signed them.
 *
 * @param format of the file; this program reads {@link #FORMAT}
 * @param version grows with each that is signed; an older one never replaces a newer one
 */
public record Catalog(int format, long version, Instant writtenAt, List<CatalogModel> models) {
    static final int FORMAT = 1;

    public Catalog {
        models = List.copyOf(models);
    }

    public Optional<CatalogModel> find(String id) {
        return models.stream().filter(model -> model.id().equals(id)).findFirst();
    }

    /** The models that have all the words in their name, family, publisher, licence or description. */
    public List<CatalogModel> search(String words) {
        List<String> wanted = Arrays.stream(words.toLowerCase(Locale.ROOT).split("\\s+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return models.stream()
                .filter(model -> wanted.stream().allMatch(text(model)::contains))
                .toList();
    }

    private static String text(CatalogModel model) {
        return Stream.of(
                        model.id(),
                        model.name(),
                        model.family(),
                        model.publisher(),
                        model.about(),
                        model.licence(),
                        model.architecture().kind())
                .reduce("", (all, part) -> all + " " + part)
                .toLowerCase(Locale.ROOT);
    }
}
