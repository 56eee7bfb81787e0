package com.peerllm.host.catalog;

import com.peerllm.shared.identity.PeerIdentity;
import com.peerllm.shared.identity.PeerKey;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A catalogue as it lies on a disk: the bytes, and a detached Ed25519 signature over exactly these bytes. A file is
 * believed only with a signature by the key that the program carries.
 */
public record CatalogFile(byte[] content, String signature) {
    /** Some hundred models; more is no catalogue. */
    public static final int MOST_BYTES = 4 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .build();

    public static CatalogFile signed(Catalog catalog, PeerIdentity by) {
        CatalogRules.check(catalog);
        byte[] content = (JSON.writeValueAsString(catalog) + "\n").getBytes(StandardCharsets.UTF_8);
        return new CatalogFile(content, Base64.getUrlEncoder().withoutPadding().encodeToString(by.sign(content)));
    }

    /** @throws InvalidCatalog with what is wrong with it */
    public Catalog verified(PeerKey key) {
        if (content.length > MOST_BYTES) throw new InvalidCatalog("it is larger than a catalogue can be");
        if (!key.verifies(content, signatureBytes())) {
            throw new InvalidCatalog("its signature is not that of the PeerLLM maintainers");
        }
        return parse(content);
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

    private byte[] signatureBytes() {
        try {
            return Base64.getUrlDecoder().decode(signature.strip());
        } catch (IllegalArgumentException e) {
            throw new InvalidCatalog("its signature is damaged", e);
        }
    }

    static PeerKey key(byte[] text) {
        return PeerKey.parse(new String(text, StandardCharsets.UTF_8).strip());
    }
}
