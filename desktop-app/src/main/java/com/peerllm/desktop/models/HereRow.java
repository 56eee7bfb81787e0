package com.peerllm.desktop.models;

/** A row of what is, or soon will be, on this computer. */
public sealed interface HereRow permits ArrivalQuestion, ArrivalRow, DownloadRow, ModelRow {}
