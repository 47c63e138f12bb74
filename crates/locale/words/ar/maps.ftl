map-between = من { $low } إلى أقل من { $high }
map-between-last = من { $low } إلى { $high }
map-cities = المدن
map-cities-of-size = مدينة من { $low } إلى { $high } نسمة
map-cities-over = مدينة من { $low } نسمة فأكثر
map-cities-under = مدينة دون { $high } نسمة
map-cities-unknown = مدينة لا يُعرف عدد سكانها
map-city-desc = { $n ->
        [0] حدود { $place } وجيرانها.
        [one] حدود { $place } وجيرانها، ومدينة واحدة.
        [two] حدود { $place } وجيرانها، ومدينتان أكبرهما { $largest }.
        [few] حدود { $place } وجيرانها، و{ $n } مدن أكبرها { $largest }.
        [many] حدود { $place } وجيرانها، و{ $n } مدينة أكبرها { $largest }.
       *[other] حدود { $place } وجيرانها، و{ $n } مدينة أكبرها { $largest }.
    }
map-class = الفئة
map-csv = القيم بصيغة CSV
map-disclaimer = لا تنطوي الحدود والأسماء الظاهرة والتسميات المستخدمة في هذه الخريطة على إقرار أو قبول رسمي، ولا على أي رأي بشأن المركز القانوني لأي بلد أو إقليم أو مدينة أو منطقة أو لسلطاتها، أو بشأن تعيين تخومها أو حدودها.
map-estimated = مقدَّر
map-files = حفظ الخريطة
map-finding = { $n ->
        [zero] لا مكان له قيمة.
        [one] لمكان واحد قيمة: { $highest }، { $high }.
        [two] لمكانين قيمة: من { $low } ({ $lowest }) إلى { $high } ({ $highest }).
        [few] لـ{ $n } أماكن قيمة: من { $low } ({ $lowest }) إلى { $high } ({ $highest }).
        [many] لـ{ $n } مكانًا قيمة: من { $low } ({ $lowest }) إلى { $high } ({ $highest }).
       *[other] لـ{ $n } مكان قيمة: من { $low } ({ $lowest }) إلى { $high } ({ $highest }).
    }
map-finding-none = لا مكان له قيمة يمكن عرضها.
map-finding-without = { $n ->
        [zero] لا بلد أو منطقة بلا قيمة.
        [one] بلد أو منطقة واحدة بلا قيمة.
        [two] بلدان أو منطقتان بلا قيمة.
        [few] { $n } بلدان ومناطق بلا قيمة.
        [many] { $n } بلدًا ومنطقة بلا قيمة.
       *[other] { $n } بلد ومنطقة بلا قيمة.
    }
map-geojson = القيم مع الأشكال بصيغة GeoJSON
map-gestures-mac = استخدم ⌘ مع التمرير لتكبير الخريطة
map-gestures-touch = استخدم إصبعين لتحريك الخريطة
map-gestures-wheel = استخدم Ctrl مع التمرير لتكبير الخريطة
map-go-to = اذهب إلى
map-keys = في الخريطة تنقلك مفاتيح الأسهم من مكان إلى آخر بترتيب الجدول، ويفتح Enter المكان، ويخرج Escape.
map-keys-city = في الخريطة، تحرك مفاتيح الأسهم الخريطة، ويقرّب + ويبعّد −.
map-keys-goto = يفتح «اذهب إلى» مكاناً.
map-kilometres = كم
map-lands = البلدان والحدود
map-latest-between = أحدث قيمة لكل مكان، من { $from } إلى { $to }
map-latest-of = أحدث قيمة لكل مكان، { $from }
map-layers = الطبقات
map-licences = تراخيص أداة رسم الخرائط المرفقة بهذا البرنامج
map-method = الخريطة: إسقاط الأرض المتساوية، متساوي المساحات؛ رسمها Ekistics { $version }.
map-method-plane = الخريطة: إسقاط متساوي المساحات حول المكان؛ رسمها Ekistics { $version }.
map-metres = م
map-n-shapes = { $n } بلا اسم
map-no-data = لا بيانات
map-not-applicable = لا ينطبق
map-not-shown = { $n ->
        [zero] كل الأماكن على الخريطة.
        [one] ليس على الخريطة وهو في الجدول: { $places }.
        [two] مكانان ليسا على الخريطة وهما في الجدول: { $places }.
        [few] { $n } أماكن ليست على الخريطة وهي في الجدول: { $places }.
        [many] { $n } مكانًا ليست على الخريطة وهي في الجدول: { $places }.
       *[other] { $n } مكان ليست على الخريطة وهي في الجدول: { $places }.
    }
map-note-abyei = لم تُسوَّ بعد الحدود بين السودان وجنوب السودان، ولم يُحدَّد وضع منطقة أبيي.
map-note-falklands = تتنازع الأرجنتين والمملكة المتحدة السيادة على جزر فوكلاند (مالفيناس).
map-note-kashmir = يمثل الخط المنقّط على وجه التقريب خط المراقبة في جامو وكشمير الذي اتفقت عليه الهند وباكستان؛ ولم يتفق الطرفان على الوضع النهائي.
map-note-kosovo = تُفهم الإشارات إلى كوسوفو في سياق قرار مجلس الأمن 1244 (1999).
map-note-withheld = { $n ->
        [zero] لا قيمة محجوبة.
        [one] حُجبت قيمة واحدة حماية للناس، ومكانها مخطط.
        [two] حُجبت قيمتان حماية للناس، ومكاناهما مخططان.
        [few] حُجبت { $n } قيم حماية للناس، وأماكنها مخططة.
        [many] حُجبت { $n } قيمة حماية للناس، وأماكنها مخططة.
       *[other] حُجبت { $n } قيمة حماية للناس، وأماكنها مخططة.
    }
map-open = افتح
map-over-time = عبر الزمن
map-over-time-desc = { $n } خرائط، واحدة لكل فترة من { $from } إلى { $to }، بالفئات نفسها.
map-percent = { $n } %
map-percent-between = من { $low } إلى أقل من { $high } %
map-percent-from = { $low } % فأكثر
map-percent-under = أقل من { $high } %
map-place-itself = هذا المكان
map-png = الخريطة بصيغة PNG
map-png-failed = تعذّر إنشاء الصورة. احفظ الخريطة بصيغة SVG.
map-png-saved = حُفظت.
map-population = السكان
map-reset = الخريطة كلها
map-rule-fixed = الفئات نفسها في كل خرائط هذا المؤشر
map-rule-quantiles = شرائح متساوية العدد: نحو العدد نفسه من الأماكن في كل فئة
map-save = حفظ
map-source-lands = الحدود والسواحل: { $version }.
map-source-places = الأماكن: هذا السجل.
map-source-population = الأماكن: هذا السجل. السكان: { $sources }.
map-source-values = القيم: { $sources }.
map-svg = الخريطة بصيغة SVG
map-table = البيانات نفسها في جدول ({ $n })
map-unit = { $unit }؛ { $rule }
map-where = أين يقع
map-zoom-in = تكبير
map-zoom-out = تصغير
