package com.peerllm.host.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.peerllm.host.kernel.HostException;
import com.peerllm.host.platform.AppFolders;
import com.peerllm.host.published.SignedFile;
import com.peerllm.shared.identity.PeerIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogsTest {
    private final PeerIdentity maintainer = PeerIdentity.generate();
    private final Catalog builtIn = SomeCatalog.of(5, SomeCatalog.model("old", 1_000, SomeCatalog.unread("old.gguf")));
    private final Catalog newer = SomeCatalog.of(6, SomeCatalog.model("new", 1_000, SomeCatalog.unread("new.gguf")));

    @TempDir
    Path folder;

    private AppFolders folders;
    private Catalogs catalogs;

    @BeforeEach
    void aProgramThatPinsTheMaintainersKey() {
        folders = new AppFolders(folder.resolve("data"));
        catalogs = new Catalogs(folders, CatalogFile.signed(builtIn, maintainer), maintainer.publicKey());
    }

    @Test
    void theBuiltInOneIsUsedWhileThereIsNoOther() {
        assertThat(catalogs.read()).isEqualTo(new Catalogs.Read(builtIn, Optional.empty()));
        assertThat(folders.data()).doesNotExist();
    }

    @Test
    void aNewerOneIsTakenAndUsedAfterwards() {
        assertThat(catalogs.take(CatalogFile.signed(newer, maintainer))).isTrue();
        assertThat(catalogs.take(CatalogFile.signed(newer, maintainer))).isFalse();

        assertThat(catalogs.read().catalog()).isEqualTo(newer);
        assertThat(catalogs.read().trouble()).isEmpty();
    }

    @Test
    void oneByteChangedAndItIsNotUsed() throws Exception {
        catalogs.take(CatalogFile.signed(newer, maintainer));
        String text = Files.readString(folders.catalog());
        Files.writeString(folders.catalog(), text.replace("Somebody", "somebody"));

        assertThat(catalogs.read().catalog()).isEqualTo(builtIn);
        assertThat(catalogs.read().trouble())
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains("is not used: its signature is not that of the PeerLLM maintainers")
                        .contains("The built-in one is used"));
    }

    @Test
    void oneSignedBySomebodyElseIsRefused() {
        SignedFile foreign = CatalogFile.signed(newer, PeerIdentity.generate());

        assertThatThrownBy(() -> catalogs.take(foreign))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("its signature is not that of the PeerLLM maintainers");
        assertThat(folders.catalog()).doesNotExist();
    }

    @Test
    void anOlderOneIsRefusedAlthoughItIsSigned() throws Exception {
        SignedFile older = CatalogFile.signed(SomeCatalog.of(4), maintainer);

        assertThatThrownBy(() -> catalogs.take(older)).hasMessageContaining("version 4 is older than version 5");
        put(older);
        assertThat(catalogs.read().catalog()).isEqualTo(builtIn);
        assertThat(catalogs.read().trouble())
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("version 4 is older"));
    }

    @Test
    void aMissingSignatureOrAHugeFileIsNotUsed() throws Exception {
        catalogs.take(CatalogFile.signed(newer, maintainer));
        Files.delete(SignedFile.signatureOf(folders.catalog()));
        assertThat(catalogs.read().trouble()).isPresent();

        put(new SignedFile(new byte[SignedFile.MOST_BYTES + 1], "AAAA"));
        assertThat(catalogs.read().trouble())
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("larger than such a file can be"));
        assertThat(catalogs.read().catalog()).isEqualTo(builtIn);
    }

    @Test
    void aSignedCatalogueOfAnotherFormatOrWithAnImpossibleFileIsNotUsed() {
        byte[] future = new String(CatalogFile.signed(newer, maintainer).content(), StandardCharsets.UTF_8)
                .replace("\"format\" : 1", "\"format\" : 2")
                .getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> CatalogFile.parse(future))
                .isInstanceOf(InvalidCatalog.class)
                .hasMessageContaining("format 2");

        for (String file :
                new String[] {"../up.gguf", "/root.gguf", "a b.gguf", "page.html", "x?y.gguf", "a//b.gguf"}) {
            Catalog bad = SomeCatalog.of(7, SomeCatalog.model("bad", 1_000, SomeCatalog.unread(file)));
            assertThatThrownBy(() -> CatalogFile.signed(bad, maintainer))
                    .as(file)
                    .isInstanceOf(InvalidCatalog.class);
        }
    }

    @Test
    void theBuiltInResourceIsSignedByThePinnedKey() {
        assertThat(Catalogs.builtIn().models()).isNotEmpty();
    }

    private void put(SignedFile file) throws Exception {
        Files.createDirectories(folders.data());
        Files.write(folders.catalog(), file.content());
        Files.writeString(SignedFile.signatureOf(folders.catalog()), file.signature());
    }
}
