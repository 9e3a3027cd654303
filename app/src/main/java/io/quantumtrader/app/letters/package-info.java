/** Dead letters: listed, shown and sent again, once each, from the command line and the page. */
package io.quantumtrader.app.letters;
