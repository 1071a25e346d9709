/* A middleware of the iReadCardBas family for the tests: it plays the scene in the file that AIXIN_VENDOR_SCENE names.
   First line: what to do; the rest, byte for byte: what to write to the caller's buffer. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int initialised = 0;

int iInitParms(int port, const char *name) {
  if (port != 7 || strcmp(name, "USB") != 0) return -14;
  initialised = 1;
  return 0;
}

static int play(int card_type, char *output) {
  char line[64] = "", bytes[8192];
  FILE *scene = fopen(getenv("AIXIN_VENDOR_SCENE"), "rb");
  if (scene == NULL || fgets(line, sizeof line, scene) == NULL) return -11;
  size_t length = fread(bytes, 1, sizeof bytes, scene);
  fclose(scene);
  printf("reading with type %d\n", card_type);
  fflush(stdout);
  if (strncmp(line, "hang", 4) == 0) for (;;) sleep(1);
  if (strncmp(line, "crash", 5) == 0) *(volatile int *)0 = 1;
  if (strncmp(line, "fill", 4) == 0) {
    memset(output, bytes[0], 6000);
    return 0;
  }
  memcpy(output, bytes, length);
  output[length] = 0;
  return atoi(line);
}

int iReadCardBas(int card_type, char *output) { return play(card_type, output); }

int iReadCardBasExt(int card_type, char *output) { return initialised ? play(card_type, output) : -12; }
