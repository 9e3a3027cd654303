/** The daily summary: what a UTC day on the pipeline's clock came to. */
package io.quantumtrader.console.summary;
