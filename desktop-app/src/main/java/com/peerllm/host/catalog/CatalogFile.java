package com.peerllm.host.catalog;

import com.peerllm.host.published.SignedFile;
import com.peerllm.host.published.UnbelievedFile;
import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A catalogue as a signed file. */
public final class CatalogFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    private CatalogFile() {}

    /** @throws InvalidCatalog when no host would take it */
    public static SignedFile signed(Catalog catalog, PeerIdentity by) {
        CatalogRules.check(catalog);
        return SignedFile.signed((JSON.writeValueAsString(catalog) + "\n").getBytes(StandardCharsets.UTF_8), by);
    }

    /** @throws InvalidCatalog with what is wrong with it */
    public static Catalog verified(SignedFile file, PeerKey key) {
        try {
            return parse(file.verified(key));
        } catch (UnbelievedFile e) {
            throw new InvalidCatalog(e.getMessage(), e);
        }
    }

    /** Without looking at a signature: what a maintainer is about to sign. */
    public static Catalog parse(byte[] content) {
        try {
            Catalog catalog = JSON.readValue(content, Catalog.class);
            CatalogRules.check(catalog);
            return catalog;
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new InvalidCatalog("it cannot be understood", e);
        }
    }

    static PeerKey key(byte[] text) {
        return PeerKey.parse(new String(text, StandardCharsets.UTF_8).strip());
    }
}
