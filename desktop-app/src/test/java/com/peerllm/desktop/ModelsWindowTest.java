package com.peerllm.desktop;

import com.peerllm.desktop.models.ModelsViewModel;
import com.peerllm.desktop.models.StagedModels;
import com.peerllm.desktop.toolkit.Workbench;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** The Models screen in the real window on the headless toolkit, over staged models. */
@ExtendWith(ApplicationExtension.class)
class ModelsWindowTest {
    private final StagedModels staged = new StagedModels();
    private ModelsViewModel model;
    private StagedWindow window;

    @BeforeEach
    void open() {
        window = window(Locale.US);
    }

    private StagedWindow window(Locale locale) {
        return new StagedWindow(locale, bench -> List.of(screen(bench)));
    }

    private Screen screen(Workbench bench) {
        model = new ModelsViewModel(staged.source(), bench);
        return Screens.models(model, owner -> List.of(Path.of("chosen.gguf")), bench.messages());
    }

    @AfterEach
    void close() {
        window.close();
    }

    @Test
    void photographs() throws IOException {
        stage(StagedModels::hasTheStarter);
        ScreenChecks.photograph(window, "models-first");
        stage(StagedModels::hasSeveral);
        ScreenChecks.photograph(window, "models-full");
        stage(StagedModels::downloadsSeveral);
        ScreenChecks.photograph(window, "models-downloading");
        stage(StagedModels::isInTrouble);
        ScreenChecks.photograph(window, "models-trouble");
        stage(StagedModels::hasACatalog);
        StagedWindow.onScreen(() -> {
            model.partProperty().set(ModelsViewModel.Part.CATALOG);
            model.catalog().shown().getFirst().openProperty().set(true);
            return null;
        });
        ScreenChecks.photograph(window, "models-catalogue");
    }

    private void stage(Consumer<StagedModels> change) {
        staged.reset();
        change.accept(staged);
        WaitForAsyncUtils.waitForFxEvents();
    }
}
