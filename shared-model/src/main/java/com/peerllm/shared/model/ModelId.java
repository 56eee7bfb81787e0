package com.peerllm.shared.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name a consumer asks for: a catalogue name such as {@code sprout-1.4m-q8_0}, or {@code name@digest12} for a model
 * that is in no catalogue. The digest in the second form keeps a host from passing one model off as another.
 */
public record ModelId(@JsonValue String value) implements Comparable<ModelId> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/\\-]{0,127}(@[0-9a-f]{12})?");

    @JsonCreator
    public ModelId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A model id has 1 to 128 letters, digits or . _ : / - and may end in @ and 12 hex digits");
        }
    }

    /** The id of a model that is in no catalogue. */
    public static ModelId unlisted(String name, ModelDigest digest) {
        return new ModelId(slug(name) + "@" + digest.shortForm());
    }

    /** A name made of a file's or a person's words: lower case, other characters as hyphens, never empty. */
    public static String slug(String words) {
        String slug = words.toLowerCase(Locale.ROOT)
                .replaceAll("\\.gguf$", "")
                .replaceAll("[^a-z0-9._]+", "-")
                .replaceAll("^[^a-z0-9]+|[^a-z0-9]+$", "");
        if (slug.isEmpty()) return "model";
        return slug.length() > 100 ? slug.substring(0, 100) : slug;
    }

    @Override
    public int compareTo(ModelId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
