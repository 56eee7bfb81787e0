package com.peerllm.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import com.peerllm.desktop.market.MarketViewModel;
import com.peerllm.desktop.market.StagedMarket;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TextInputControl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** The Market as a person sees and uses it. */
@ExtendWith(ApplicationExtension.class)
class MarketWindowTest {
    private final StagedMarket market = new StagedMarket();
    private StagedWindow window;
    private MarketViewModel model;

    @AfterEach
    void closed() {
        window.close();
    }

    @Test
    void aListingIsWrittenWithTheKeyboardAndStandsInTheList() {
        open(Locale.US);
        on(shown -> shown.offer(List.of(StagedMarket.MODEL)));
        type("description", "Answers from a field biologist's notes.");
        type("price", "4.50");
        press("save-listing");

        assertThat(model.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.title()).isEqualTo("Field Notes 3B"));
        assertThat(ScreenChecks.find(window.root(), ListView.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-US", "de-DE"})
    void everyStateFitsAndEveryControlHasAName(String language) {
        open(Locale.forLanguageTag(language));
        check();
        market.fill();
        check();
        on(shown -> shown.edit("birds"));
        check();
        on(shown -> {
            shown.begin();
            shown.editor().save();
        });
        check();
        market.breakDown();
        on(shown -> shown.offer(List.of(StagedMarket.DATA)));
        check();
    }

    @Test
    void photographs() throws IOException {
        open(Locale.US);
        ScreenChecks.photographTwice(window, "market-empty");
        market.fill();
        settle();
        ScreenChecks.photograph(window, "market-listings");
        on(shown -> shown.edit("birds"));
        ScreenChecks.photographTwice(window, "market-edit");
        market.breakDown();
        on(shown -> {
            shown.begin();
            shown.offer(List.of(StagedMarket.DATA));
            shown.editor().price().textProperty().set("five");
            shown.editor().save();
        });
        ScreenChecks.photographTwice(window, "market-trouble");
    }

    private void open(Locale locale) {
        window = new StagedWindow(locale, bench -> {
            Screen screen = Screens.market(market.source(), bench);
            model = (MarketViewModel) screen.model();
            return screen;
        });
    }

    private void check() {
        settle();
        ScreenChecks.everyControlHasAName(window);
        ScreenChecks.nothingIsCutOff(window);
    }

    private void on(Consumer<MarketViewModel> action) {
        StagedWindow.onScreen(() -> {
            action.accept(model);
            return null;
        });
        settle();
    }

    private void type(String id, String text) {
        on(shown -> ((TextInputControl) find(id)).setText(text));
    }

    private void press(String id) {
        on(shown -> ((Button) find(id)).fire());
    }

    private Node find(String id) {
        return ScreenChecks.find(window.root(), Node.class)
                .filter(node -> id.equals(node.getId()))
                .findFirst()
                .orElseThrow();
    }

    private static void settle() {
        WaitForAsyncUtils.waitForFxEvents();
    }
}
