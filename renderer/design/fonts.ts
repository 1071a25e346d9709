// Imported one by one, not from a style sheet, so that the build can drop the fonts' second copies.
import '@fontsource-variable/noto-sans-sc/index.css'
import '@fontsource/noto-serif-sc/700.css'
